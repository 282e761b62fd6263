"""Spreadsheets out to the units and back: forms drawn, other people's workbooks read.

Whatever comes back is only read: no workbook of a user is ever written to.
"""
