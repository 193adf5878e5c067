"""What indicators ask of roles (tests/expected.py)."""

ASKED_WITHOUT_A_ROW = {
    "reach.py": {"reach_of"},
}
