"""What is expected of the tables of the vault (tests/expected.py)."""

CLEAR = {"officers, who are no persons under care": ("vault.Sealed.by",)}
KEYS = {"vault.Person.wrapped_key", "vault.Token.value"}
