"""An agency from which a case is kept is offered nowhere, and nothing is recorded as sent to it or told to it."""

import pytest

from benan.cases.actions import corrections
from benan.core.refusals import Refused
from benan.protection.actions import danger
from benan.protection.forms import DangerForm
from benan.support.actions import referrals
from benan.verification import actions as verification
from tests.cast import TODAY, agency_of

PLACES = [
    ("protection:act", "da-goi", "to"), ("protection:act", "van-ban", "to"), ("protection:act", "khong-bao", "agency"),
    ("support:screening", None, "danger_from"), ("support:act", "chuyen-tuyen", "receiver"), ("cases:assign", None, "agency"),
    ("verification:act", "request_verification", "to_unit"),
]  # fmt: skip


def keys(choices):
    """The keys of a chooser, those of groups too."""
    return [
        str(one)
        for key, label in choices
        for one in ([each for each, _name in label] if isinstance(label, list) else [key])
    ]


@pytest.fixture
def case(cast):
    """Somebody in danger whose case is with Hạnh."""
    return cast.notified(cast.screened(danger="yes"))


@pytest.fixture
def kept(case, hanh):
    """Call with an agency to keep the case from it."""
    return lambda agency: danger.keep_from_agency(by=hanh, case=case, agency=agency, on=TODAY)


@pytest.mark.parametrize(("page", "slug", "field"), PLACES)
def test_it_is_not_offered(case, kept, as_hanh, page, slug, field):
    def offered():
        form = as_hanh.open(page, *filter(None, [case.code, slug])).context["form"]
        return {key.removeprefix("noi:") for key in keys(form.fields[field].widget.choices)}

    agency = agency_of("shelter_bien_hoa" if field == "receiver" else "police-737")
    key = "737" if field == "to_unit" else str(agency.pk)
    assert key in offered()
    kept(agency)
    assert key not in offered()


def test_it_is_not_accepted_by_any_verb_that_tells_or_sends(case, kept, hanh, lan):
    police, shelter = agency_of("police-737"), agency_of("shelter_bien_hoa")
    kept(police)
    kept(shelter)
    paper = {"on": TODAY, "paper_no": "1/CV", "paper_on": TODAY}
    for refused in (
        lambda: danger.record_call(by=hanh, case=case, to=police, on=TODAY, at=None),
        lambda: danger.record_request(by=hanh, case=case, to=police, **paper),
        lambda: verification.request_verification(by=hanh, case=case, to_unit="737", **paper),
        lambda: corrections.assign(by=hanh, case=case, part="supports", agency=police),
        *(lambda consent=consent: referrals.refer(by=hanh, case=case, kind="shelter", receiver=shelter, on=TODAY,
                                                  consent=consent, ground="sợ")
          for consent in ("written", "refused")),
    ):  # fmt: skip
        before = case.steps.count()
        with pytest.raises(Refused, match="không được chia sẻ hồ sơ này"):
            refused()
        assert case.steps.count() == before


def test_danger_from_an_agency_that_is_kept_away_already_is_recorded_all_the_same(case, kept, hanh):
    police = agency_of("police-737")
    kept(police)
    form = DangerForm({"danger_from": police.pk, "seen": ""}, case=case, user=hanh)
    assert form.is_valid() and form.cleaned_data["danger_from"] == police
