"""Whatever is done with a return, in whatever order: what was submitted stays as it was, and the newest counts."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from benan.core.refusals import Refused
from benan.reports.actions import returns
from benan.reports.models import Return, ReturnStep
from tests.reports.playing import Reporting, everything, of, values

ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.integers(0, 10**6)),
        st.tuples(st.just("correct"), st.integers(0, 99)),
        st.sampled_from([("refresh", 0), ("put", 0), ("give_back", 0), ("submit", 0), ("accept", 0), ("send_back", 0), ("replace", 0)]),
    ),
    min_size=4, max_size=14,
)  # fmt: skip
SLOWLY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip


@pytest.fixture
def reporting(demo, cast):
    return Reporting(cast)


@pytest.fixture
def period(reporting):
    # Appointed before the examples, each of which is taken back.
    reporting.drafter("district-736")
    reporting.head("district-736")
    return reporting.opened()


def done(reporting, period, act, number):
    """One act on the newest return of the district, by whose work it is. Raises Refused where its state does not allow it."""
    ret, thu = of(period, "district-736"), reporting.cast.officer("thu")
    drafter, head = reporting.drafter("district-736"), reporting.head("district-736")
    match act:
        case "type":
            reporting.filled(ret, {("sessions", ""): number})
        case "correct":
            reporting.filled(ret, {("II.2.a", "late"): number}, reason="Theo sổ giấy.")
        case "refresh":
            returns.refresh(by=drafter, ret=ret)
        case "put":
            reporting.put(ret)
        case "give_back":
            returns.give_back(by=head, ret=ret, words="Xem lại.")
        case "submit":
            returns.submit(by=head, ret=reporting.put(ret) if ret.is_open else ret)
        case "accept":
            reporting.accepted(ret)
        case "send_back":
            returns.send_back(by=thu, ret=ret, words="Xem lại.")
        case "replace":
            returns.replace(by=drafter, ret=ret, words="Có sai sót.")


@SLOWLY
@given(acts=ACTS)
@example(acts=[("type", 1), ("submit", 0), ("replace", 0), ("type", 2), ("submit", 0)])
@example(
    acts=[("type", 1), ("submit", 0), ("send_back", 0), ("correct", 2), ("submit", 0), ("accept", 0), ("replace", 0)]
)
def test_freezing_correcting_and_replacing_lose_nothing(reporting, period, acts):

    with transaction.atomic():
        _hold(reporting, period, acts)
        transaction.set_rollback(True)


def _hold(reporting, period, acts):
    frozen, told = {}, {}
    for act, number in acts:
        before = of(period, "district-736")
        said = everything(before)
        try:
            done(reporting, period, act, number)
        except Refused:
            assert everything(before) == said
            continue
        if act == "submit":
            frozen[before.pk] = said
            told[ReturnStep.objects.filter(ret=before, kind="submitted").latest("pk").pk] = said
        if act == "send_back":
            del frozen[before.pk]
    for pk, said in frozen.items():
        assert everything(Return.objects.get(pk=pk)) == said
    for pk, said in told.items():
        content = ReturnStep.objects.get(pk=pk).content
        cells = {(*key.split("|"), *rest) for key, rest in content["cells"].items()}
        assert (cells, set(content["text"].items())) == said
    standing = period.returns.filter(agency__key="district-736").standing()
    assert {row.pk for row in standing} <= {max(frozen, default=0)}
    if standing:
        whole = values(reporting.consolidated(period, with_missing=True))
        assert whole["sessions", ""] == values(standing[0])["sessions", ""]
