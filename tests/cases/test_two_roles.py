"""Somebody with two roles may do on a case what the role that reaches it allows, no more and no less."""

import pytest

from benan.accounts import policy
from benan.accounts.models import Membership
from benan.accounts.roles import P
from benan.cases.actions import corrections
from benan.cases.models import Case
from benan.needs.models import Need, Provision
from benan.protection.models import Measure
from benan.support.models import Visit
from benan.verification import actions as verification
from tests.cast import ADULT, COMMUNE, MOMENT, TODAY, again, agency_of, day, words

SAID = {"full_name": "Nguyễn Thị Hoà", "phone": "0912345678", "birth": "1995"}


@pytest.fixture
def also(cast):
    """Call to give an officer a second role, confirmed; gives the browser."""

    def give(name, role, agency):
        user = cast.officer(name)
        Membership.objects.create(user=user, agency=agency_of(agency), role=role, since=MOMENT.date(),
                                  confirmed_by=cast.officer("van"), confirmed_at=MOMENT)  # fmt: skip
        return cast.browser(name)

    return give


def old_values(browser, case):
    """The page after asking for a telephone number and what was written there before."""
    return browser.send("cases:reveal", case.code, purpose="correct", fields_wanted=["phone"], old="on")


@pytest.fixture
def corrected(received, as_lan):
    """Somebody who gave one telephone number and then another."""
    case = received(identity=SAID)
    as_lan.send("cases:who", case.code, phone="0987654321")
    return case


def test_old_values_do_not_open_through_the_role_at_another_office(corrected, also):
    page = old_values(also("lan", "caseworker", "labour-736"), corrected)
    assert "0987654321" in words(page) and "0912345678" not in words(page)


def test_who_may_correct_elsewhere_records_who_somebody_is_where_they_receive(received, also):
    case = received()
    page = also("lan", "caseworker", "labour-736").send("cases:who", case.code, sex="female")
    assert page.status_code == 302 and again(case).sex == "female"


def test_the_case_offers_nothing_that_only_the_other_office_may_do(notified, also):
    page = also("lan", "caseworker", "labour-736").open("cases:case", notified().code).content.decode()
    assert "/giao-viec/" not in page and "/sua-ngay/" not in page and "/buoc/take_notice/" not in page


def test_police_who_record_answers_elsewhere_note_a_request_to_themselves(requested, also):
    case, as_dung = requested(), also("dung", "caseworker", "labour-736")
    page = as_dung.send(
        "verification:act", case.code, "receive_request", on=TODAY, arrival_no="77", paper_no="1/CAH", paper_on=TODAY
    )
    assert page.status_code == 302
    step = case.steps.get(event="request_received")
    assert (step.agency.key, step.for_agency) == ("police-737", None)


def test_a_finding_is_drafted_for_the_police_that_verify(verifying, also):
    case, as_dung = verifying(), also("dung", "investigator", "police-736")
    as_dung.send("verification:draft", case.code, outcome="not_victim")
    assert case.findings.get(withdrawn=False).agency.key == "police-737"


def test_a_draft_is_not_read_by_who_sits_at_that_police_without_cases(verifying, dung, hanh, also):
    case = verifying()
    corrections.assign(by=hanh, case=case, part="supports", agency=agency_of("womens_union"))
    verification.draft_finding(by=dung, case=case, outcome="victim", grounds=["sold"], sources=["own_statement"])
    page = also("phuong", "member", "police-737").open("cases:case", case.code)
    assert page.status_code == 200 and [panel["findings"] for panel in page.context["panels"]] == [[]]


def test_somebody_is_received_by_the_commune_to_which_they_came(also):
    page = also("lan", "receiver", "commune-26230").post(
        "/tiep-nhan/moi/", {"channel": "self", "came_on": "06/11/2017", "area_code": COMMUNE, "said_birth": "1995"}
    )
    assert page.status_code == 302
    case = Case.objects.unscoped(reason="tests").get()
    assert {member.agency.key for member in case.team.members.all()} == {f"commune-{COMMUNE}"}


def test_what_was_given_was_given_by_the_office_on_the_case(screened, also):
    case, as_lan = screened(), also("lan", "receiver", "commune-26230")
    need = Need.objects.of(case).get(kind="food")
    as_lan.send("needs:given", case.code, on=TODAY, given=[need.pk])
    assert [row.agency.key for row in Provision.objects.of(case)] == [f"commune-{COMMUNE}"]


def test_a_visit_is_agreed_for_the_office_on_the_case(at_home, also):
    case, as_lan = at_home(), also("lan", "receiver", "commune-26230")
    as_lan.send("support:act", case.code, "hen-tham", planned_on="16/11/2017")
    assert [row.agency.key for row in Visit.objects.of(case)] == [f"commune-{COMMUNE}"]


def test_who_ends_a_case_by_area_brings_no_office_of_theirs_that_has_no_part_in_it(cast, also):
    case = cast.notified(**ADULT)
    Membership.objects.filter(user__username__in=["lan", "hanh"]).update(until=day("08/11/2017"))
    page = also("thu", "receiver", "commune-26230").send("cases:close", case.code, on=TODAY, closing="left")
    assert page.status_code == 302
    assert not case.team.members.filter(agency__key="commune-26230").exists()


def test_no_measure_beyond_the_office_on_the_case_is_started_through_another(cast, also):
    case = cast.screened(danger="yes")
    as_lan = also("lan", "investigator", "police-736")
    page = as_lan.send("protection:act", case.code, "ap-dung", on=TODAY, kind="guard", consented="on")
    assert page.status_code == 422 and not Measure.objects.of(case).exists()


def test_who_decides_elsewhere_records_a_call_about_danger_where_they_support(cast, also):
    case = cast.notified(cast.screened(danger="yes"))
    corrections.assign(by=cast.officer("hanh"), case=case, part="supports", agency=agency_of("womens_union"))
    as_phuong, police = also("phuong", "investigator", "police-736"), agency_of("police-737")
    page = as_phuong.send("protection:act", case.code, "da-goi", on=TODAY, at="08:00", to=f"noi:{police.pk}")
    assert page.status_code == 302
    assert case.steps.get(key="danger_called").agency.key == "womens_union"


def test_who_supports_gets_no_page_of_receiving_for_receiving_elsewhere(cast, also):
    case = cast.notified()
    corrections.assign(by=cast.officer("hanh"), case=case, part="supports", agency=agency_of("womens_union"))
    page = also("phuong", "receiver", "commune-26230").send(
        "support:screening", case.code, danger="no", needs=["food"], on=TODAY
    )
    assert page.status_code == 302 and page.url == f"/ho-so/{case.code}/nhu-cau/"


def test_a_name_is_tied_to_a_case_only_where_identities_may_be_opened(received, also):
    case = received(identity=SAID)
    page = also("thu", "receiver", "commune-26230").post(
        "/tiep-nhan/", {"full_name": "Nguyễn Thị Hoà", "birth": "1995"}
    )
    assert page.status_code == 200 and "Đọc mã đề nghị LH-" in words(page)
    assert f"{case.alias} ĐN-" not in words(page) and case.code not in page.content.decode()


def test_a_referral_is_not_offered_for_an_answer_through_the_role_at_another_office(assessed, cast, also):
    cast.referred(assessed(), kind="service", to="womens_union")
    page = also("phuong", "caseworker", "labour-736").open("support:referrals").content.decode()
    assert "/chuyen-tuyen/" in page and "/nhan/" not in page and "/tu-choi/" not in page


def test_referrals_to_an_office_are_counted_for_who_may_answer_there(assessed, cast, also):
    cast.referred(assessed())
    assert also("quyen", "head", "shelter_bien_hoa").open("shell:home").context["panels"].get("referrals") is None


def test_what_is_held_on_a_case_is_what_lists_of_cases_say(received, notified, cast, also):
    (
        also("lan", "caseworker", "labour-736"),
        also("thu", "receiver", "commune-26230"),
        also("phuong", "head", "labour-737"),
    )
    cases, wrong = [received(), notified(), received(by="quyen")], []
    for user in [cast.officer(name) for name in ("lan", "thu", "phuong", "hanh", "quyen", "son")]:
        held = policy.held_on_each(user, cases)
        for permission in set(P) - policy.ANSWERED_FOR:
            reached = Case.objects.can(user, permission).filter(pk__in=[case.pk for case in cases])
            told = {case.pk for case in cases if held[case.pk].any(permission)}
            wrong += [(user, permission)] if told != {case.pk for case in reached} else []
    assert wrong == []
