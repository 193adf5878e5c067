"""Templates are read on a screen: no line is longer than 159 characters."""

from tests.house import ROOT, TEMPLATES

LONGEST = 159


def test_no_line_of_a_template_is_longer_than_a_screen_is_wide():
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert long == []
