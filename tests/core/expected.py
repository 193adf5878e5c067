"""What is expected of the tables of core (tests/expected.py)."""

CLEAR = {
    "counts and ids that are remembered for a while, and the digest of the key": (
        "core.Remembered.key", "core.Remembered.value", "core.KeyChange.current",
    ),
}  # fmt: skip
OPEN = {"a random value": ("core_referenceversion",)}
KEYS = {"core.KeyChange.new_key", "core.KeyChange.old_key"}
TO_SIGN_IN = {"core_remembered"}
