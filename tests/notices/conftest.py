"""Something due from agencies, contributed by the tests alone."""

import pytest

from benan.notices.due import DUES, Due
from tests.cast import agency_of, day


@pytest.fixture
def planned(monkeypatch):
    """Call with an agency's key, a day and words: due from then on. A source of its own stands in the registry for the test."""
    contributed = []

    def source(agencies, first, last):
        return [due for due in contributed if due.agency in agencies and first <= due.day <= last]

    monkeypatch.setattr(DUES, "_items", [source])

    def plan(agency, on, what="Nộp báo cáo năm 2017", **more):
        own = {"key": f"return:{agency}:{on}", "law": "kế hoạch 12089/KH-UBND, mục VI.1", "url": "/ke-hoach/", **more}
        due = Due(day=day(on), agency=agency_of(agency).pk, what=what, **own)
        contributed.append(due)
        return due

    return plan
