"""Who promised what by when?

It owns plans as the province issued them: every clause in its own words, what it means for the program, who
leads, what is due on which day, and which objectives and indicators it serves. It promises that a plan is
data: the next one, or another province's, is loaded from a file, and a clause once loaded is never removed.
"""
