"""The page about plan files lists every count with its splits."""

import re
from pathlib import Path

from benan.cases.counts import of_people
from benan.core.counts import COUNTS, UNKNOWN

PAGE = Path(__file__).parents[2] / "docs/plan-schema.md"


def test_the_page_lists_every_count_and_by_what_it_is_divided():
    section = PAGE.read_text(encoding="utf-8").split("## Số đếm\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|([^|]*)\|$", section, re.MULTILINE)
    told = {key: (name, unit, re.findall(r"`(\w+)`", own)) for key, name, unit, own in rows}
    shared = {split.key for split in of_people()}
    assert told == {
        each.key: (str(each.name), str(each.unit), [split.key for split in each.splits if split.key not in shared])
        for each in COUNTS
    }
    words = set(re.findall(r"`(\w+)` \(", section))
    assert words == {split.key for each in COUNTS for split in each.splits}


def test_every_split_has_a_part_for_what_is_not_known():
    for each in COUNTS:
        assert len({split.key for split in each.splits}) == len(each.splits)
        for split in each.splits:
            assert list(split.values())[-1] == UNKNOWN, (each.key, split.key)
