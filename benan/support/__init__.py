"""What does the person need, what was given, and what is still owed?

It owns needs, what was offered and given, protection measures, referrals and visits, and closes files. It
promises that every need has a day, an answer of the law, and an end: met, refused by the person, or no
longer needed.
"""
