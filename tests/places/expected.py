"""What is expected of the tables of places (tests/expected.py)."""

ABOUT_NO_PERSON = True
OPEN = {
    "places, from data files, asked by ranges of days": (
        "places_country", "places_ethnicgroup", "places_succession", "places_unit",
    ),
}  # fmt: skip
