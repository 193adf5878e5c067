"""Who is this person, for those who need to know? `vault.access` is the only way to them.

It owns pseudonyms and sealed values. It promises that nothing it holds can be read without a call that
names a person, a purpose and an actor, and that such a call is on the trail before it returns.
"""
