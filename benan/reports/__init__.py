"""What are the numbers, who vouches for them, and which clause does each page serve?

It owns no figures of its own: a number has one definition (`measures`), asked live. It promises that tile,
plan, command and printed report cannot disagree.
"""
