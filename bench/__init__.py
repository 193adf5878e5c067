"""How fast is the program with the cases of twenty thousand people? Measured, outside the tests, by `make bench`."""
