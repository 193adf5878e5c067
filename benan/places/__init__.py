"""Which commune is this, then and now?

It owns the provinces, districts and communes with the days between which each form of them was valid, and
what became of one that ended; also the lists of peoples and countries. It promises that a place is always
asked for by code and day together, because codes pass from one unit to another.
"""
