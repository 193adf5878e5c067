"""How plain things are done the same way everywhere: days, text, refusals, sealing, guarded rows.

It owns two tables, of the cache and of the key, and knows no domain nouns. It promises that a day typed as 03/04/2025 is 3 April,
that text is compared without its marks, and that rows are never read without saying for whom.
"""
