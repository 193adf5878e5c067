"""Rows about people cannot be read without saying for whom."""

import pytest
from django.db.models import Count
from django.shortcuts import get_object_or_404

from benan.cases.models import Case
from benan.core.guarded import Unscoped

FORGOTTEN = {
    "listing": lambda rows: list(rows.all()),
    "filtering": lambda rows: list(rows.filter(closed_on=None)),
    "fetching one": lambda rows: rows.get(pk=1),
    "the first": lambda rows: rows.first(),
    "by code in a view": lambda rows: get_object_or_404(rows.all(), code="17-00001"),
    "counting": lambda rows: rows.count(),
    "asking whether any": lambda rows: rows.filter(alias="Sen").exists(),
    "totals": lambda rows: rows.aggregate(n=Count("pk")),
    "values": lambda rows: list(rows.values_list("alias", flat=True)),
    "one by one": lambda rows: list(rows.all().iterator()),
    "by keys": lambda rows: rows.in_bulk([1]),
    "changing": lambda rows: rows.filter(pk=1).update(alias="Sen"),
    "removing": lambda rows: rows.filter(pk=1).delete(),
}


@pytest.mark.parametrize("forgotten", FORGOTTEN.values(), ids=FORGOTTEN)
def test_a_query_that_forgot_for_whom_is_a_mistake(db, forgotten):
    with pytest.raises(Unscoped):
        forgotten(Case.objects)


def test_a_query_for_somebody_gives_their_rows_and_stays_theirs_when_narrowed(received, lan, quang):
    case = received()
    assert list(Case.objects.visible_to(lan).filter(closed_on=None).order_by("pk")) == [case]
    assert not Case.objects.visible_to(quang).filter(closed_on=None).exists()


def test_a_query_for_nobodys_look_says_why(received):
    case = received()
    assert Case.objects.unscoped(reason="counting in a test").get(pk=case.pk) == case
