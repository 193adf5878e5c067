"""How fast is the program with the files of twenty thousand people? Measured, outside the tests, by `make bench`."""
