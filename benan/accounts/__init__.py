"""Who are you, for whom do you act, what may you reach?

It owns officers, agencies as the plan names them, roles, and the teams of agencies that hold a case. It
promises one definition of reach (`policy.reach`) for lists and single rows alike, and that a role which
opens identities holds only once a head has confirmed it.
"""
