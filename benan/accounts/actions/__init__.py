"""Changes to accounts, roles, ways in and duty numbers: one keyword-only verb each, by noun."""
