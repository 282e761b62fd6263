"""One output format a file. Nothing here prints, reads the clock, or asks the terminal anything."""
