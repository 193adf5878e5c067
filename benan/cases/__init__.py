"""Receptions, the case of each person, its tracks, steps and deadlines.

Every change is one verb of `actions`. The history of a case is only added to. Whoever may not see a case gets the same
answer as for one that does not exist.
"""
