"""A document, or a report as data, in one output format a file; named as everybody names them.

Nothing here computes, prints, reads the clock, or asks the terminal anything.
"""
