"""The use cases: what the program does, apart from how it is asked and how it answers.

Each loads the file, calls a pure function, and writes where something changes. Days, instants and
paths are arguments; results are values, what goes wrong is an error of ours. Nothing here prints,
asks or exits. What only some of them need is imported there: a start pays for one.
"""
