"""What indicators ask of roles (tests/expected.py)."""

CLEAR = {
    "codes from lists, of places and of the procedure": (
        "indicators.CaseStanding.measure", "indicators.CaseStanding.apart", "indicators.CaseStanding.outside",
        "indicators.CaseStanding.kind", "indicators.CaseStanding.area", "indicators.KeptCount.measure",
        "indicators.KeptCount.apart", "indicators.KeptCount.outside", "indicators.KeptCount.kind", "indicators.KeptCount.area",
        "indicators.KeptReason.measure", "indicators.KeptReason.duty", "indicators.KeptReason.limit",
    ),
    "keys of what falls short, of a time limit and of an office, with a day": ("indicators.CaseStanding.missing",),
    "versions of the program's own measures": ("indicators.Rebuild.versions",),
}  # fmt: skip
ASKED_WITHOUT_A_ROW = {
    "reach.py": {"reach_of"},
}
