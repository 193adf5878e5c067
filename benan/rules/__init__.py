"""What the law says on a given day: instruments, time limits, official days, entitlements, procedures.

It promises that every number comes from a dated row with its article, that every answer explains itself in
sentences an officer can read, and that a day the data does not cover is an error and never a guess.
"""
