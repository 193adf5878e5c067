"""What somebody needs, what the law answers, and what was given."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from benan.cases.actions import closing, corrections, receptions
from benan.cases.models import Deadline
from benan.core.refusals import Refused
from benan.needs.actions import needs
from benan.needs.models import Assessment, Need, Provision
from benan.support.actions import screening
from tests.cast import CAME, GROUPS, NOTIFIED, TODAY, again, agency_of, answers_sent, day, words


def need(case, kind):
    """The latest need of a kind, as verbs and pages fetch it."""
    row = Need.objects.of(case).filter(kind=kind).order_by("-pk").first()
    row.case = case
    return row


def provide(by, case, kind, outcome, on=TODAY, **more):
    """Record one thing for a need."""
    return needs.provide(by=by, need=need(case, kind), outcome=outcome, on=on, **more)


def open_kinds(case):
    """What is still owed."""
    return set(Need.objects.of(case).filter(met_on=None, refused_on=None, gone_on=None).values_list("kind", flat=True))


# Asking about needs now.


def test_needs_of_the_moment_are_asked_the_day_somebody_comes(received, lan):
    case = received()
    screening.screen(by=lan, case=case, on=CAME, danger="no", needs=["food", "first_aid"])
    assert open_kinds(case) == {"food", "first_aid"}
    assert Deadline.objects.get(case=case, limit="screen_needs").met_on == CAME
    assert {row.kind: row.stage for row in case.tracks.all()} == {
        "verification": "received", "support": "initial", "protection": "not_needed",
    }  # fmt: skip


def test_support_that_moves_no_deadline_leaves_their_rows(received, lan):
    case = received()
    screening.screen(by=lan, case=case, on=CAME, danger="no", needs=["food"])
    before = list(Deadline.objects.filter(case=case).values_list("pk", flat=True))
    provide(lan, case, "food", "given", on=CAME)
    assert list(Deadline.objects.filter(case=case).values_list("pk", flat=True)) == before


def test_nothing_needed_is_an_answer(received, lan):
    case = received()
    screening.screen(by=lan, case=case, on=CAME, danger="no", needs=[])
    assert open_kinds(case) == set() and case.tracks.get(kind="support").stage == "initial"


@pytest.mark.parametrize(
    ("danger", "stage", "open_needs"),
    [("yes", "needed", {"safety"}), ("no", "not_needed", set()), ("unknown", "asked", set())],
)
def test_what_is_said_of_danger_moves_protection(received, lan, danger, stage, open_needs):
    case = received()
    screening.screen(by=lan, case=case, on=CAME, danger=danger, needs=[])
    assert (case.tracks.get(kind="protection").stage, open_kinds(case)) == (stage, open_needs)


def test_danger_that_was_not_known_may_be_known_later(screened, lan):
    case = screened(danger="unknown")
    screening.screen(by=lan, case=case, on=NOTIFIED, danger="yes", needs=[])
    assert case.tracks.get(kind="protection").stage == "needed" and "safety" in open_kinds(case)


def test_danger_may_come_up_after_it_was_denied(screened, lan):
    case = screened(danger="no")
    screening.screen(by=lan, case=case, on=TODAY, danger="yes", needs=[])
    assert case.tracks.get(kind="protection").stage == "needed" and need(case, "safety").recorded_on == TODAY


def test_asking_again_leaves_a_need_that_stands_as_it_is(screened, lan):
    case = screened()
    screening.screen(by=lan, case=case, on=TODAY, danger="no", needs=["food", "clothes"])
    assert open_kinds(case) == {"food", "lodging", "clothes"}
    assert need(case, "food").recorded_on == CAME and case.steps.filter(key="screen_again").count() == 1


def test_the_database_refuses_one_need_standing_twice(screened):
    case = screened()
    with pytest.raises(IntegrityError, match="a_need_stands_once_at_a_time"), transaction.atomic():
        Need.objects.create(case=case, kind="food", phase="initial", recorded_on=TODAY)


@pytest.mark.parametrize(("asked", "field"), [({"needs": ["vàng"]}, "needs"), ({"danger": "có lẽ"}, "danger")])
def test_what_is_in_no_list_is_refused(received, lan, asked, field):
    with pytest.raises(Refused) as refused:
        screening.screen(by=lan, case=received(), on=CAME, **{"danger": "no", "needs": [], **asked})
    assert refused.value.field == field


@pytest.mark.parametrize("name", ["dung", "hung", "thu", "truong_phong", "quang"])
def test_who_gives_no_support_asks_for_no_needs(cast, received, name):
    with pytest.raises(PermissionDenied):
        screening.screen(by=cast.officer(name), case=received(), on=CAME, danger="no", needs=[])


# Assessing needs.


def test_an_assessment_says_which_groups_were_gone_through(assessed):
    case = assessed()
    row = Assessment.objects.of(case).get()
    assert (row.groups, row.safety_asked, row.advice_asked, row.agency.key) == (
        sorted(GROUPS),
        True,
        True,
        "labour-737",
    )
    assert case.tracks.get(kind="support").stage == "assessed"


def test_a_need_cannot_be_found_in_a_group_that_was_not_asked(screened, notified, hanh):
    with pytest.raises(Refused, match="“Học nghề” được ghi là cần, nhưng nhóm “Dạy nghề” chưa ghi là đã hỏi"):
        screening.assess(by=hanh, case=notified(screened()), on=TODAY, needs=["vocational"], groups=["legal"],
                     safety_asked=False, advice_asked=False)  # fmt: skip


def test_needs_are_assessed_by_the_labour_office_or_the_shelter(assessed, lan, hanh):
    case = assessed()
    with pytest.raises(PermissionDenied):
        screening.assess(by=lan, case=case, on=TODAY, needs=[], groups=[], safety_asked=False, advice_asked=False)
    screening.assess(by=hanh, case=case, on=TODAY, needs=[], groups=["legal"], safety_asked=False, advice_asked=False)
    assert Assessment.objects.of(case).count() == 2 and case.steps.get(key="assess_again")


def test_asking_about_advice_follows_from_needing_it(screened, notified, hanh):
    case = notified(screened())
    row = screening.assess(
        by=hanh, case=case, on=TODAY, needs=["health_advice"], groups=[], safety_asked=False, advice_asked=False
    )
    assert row.advice_asked is True


# What the law answers.


def granted(case, kind):
    """What the law says of a need, and where."""
    row = need(case, kind)
    return row.granted, row.citation


def test_the_law_answers_each_need_with_its_article(assessed, victim):
    answer, citation = granted(victim(assessed(nationality="citizen")), "vocational")
    assert answer == "yes" and "Nghị định 09/2013, Điều 23" in citation


def test_what_the_law_grants_at_a_shelter_alone_is_granted_while_somebody_stays_there(assessed, victim, in_shelter):
    case = victim(assessed(nationality="citizen"))
    assert granted(case, "psychological")[0] == "no"
    assert granted(in_shelter(case), "psychological")[0] == "yes"


def test_the_law_answers_anew_when_more_is_known(assessed, victim, hanh):
    case = victim(assessed(wanted=["initial_allowance"]))
    assert granted(case, "initial_allowance")[0] == "unknown"
    receptions.record_facts(by=hanh, case=case, nationality="citizen", poor_household=True)
    assert granted(case, "initial_allowance")[0] == "yes"


# What was given.


def test_given_meets_a_need(screened, lan):
    case = screened()
    row = provide(lan, case, "food", "given", amount=50_000, words="cơm hộp")
    assert (need(case, "food").met_on, row.amount, row.agency.key) == (TODAY, 50_000, "commune-26263")
    assert case.steps.get(key="support_given").details["need"] == "food"


def test_begun_or_offered_leaves_it_open(screened, lan):
    case = screened()
    for outcome in ("offered", "begun"):
        provide(lan, case, "food", outcome)
    assert "food" in open_kinds(case)


def test_a_refusal_follows_a_real_offer(screened, lan):
    case = screened()
    with pytest.raises(Refused, match="Ghi đã đề nghị hỗ trợ trước"):
        provide(lan, case, "food", "refused")
    provide(lan, case, "food", "offered")
    provide(lan, case, "food", "refused")
    assert need(case, "food").refused_on == TODAY


def test_an_offer_after_the_refusal_does_not_count_for_it(screened, lan):
    case = screened()
    provide(lan, case, "food", "offered", on=TODAY)
    with pytest.raises(Refused, match="Ghi đã đề nghị hỗ trợ trước"):
        provide(lan, case, "food", "refused", on=day("08/11/2017"))


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (day("05/11/2017"), r"Ngày 05/11/2017 trước ngày ghi nhu cầu \(06/11/2017\)"),
        (day("10/11/2017"), "Ngày 10/11/2017 nằm sau hôm nay"),
    ],
)
def test_support_lies_between_the_need_and_today(screened, lan, on, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        provide(lan, screened(), "food", "given", on=on)
    assert refused.value.field == "on"


def test_what_is_done_is_not_done_again(screened, lan):
    case = screened()
    provide(lan, case, "food", "given")
    with pytest.raises(Refused, match="Nhu cầu “Ăn, uống” đã xong từ trước"):
        provide(lan, case, "food", "given")


def test_a_line_recorded_by_mistake_is_taken_back_and_stays_readable(screened, notified, hanh, lan):
    case = notified(screened())
    row = provide(lan, case, "food", "given")
    with pytest.raises(PermissionDenied):
        needs.correct_provision(by=lan, provision=row, words="nhầm người")
    needs.correct_provision(by=hanh, provision=row, words="nhầm người")
    assert "food" in open_kinds(case) and Provision.objects.of(case).get(pk=row.pk).taken_back
    assert case.steps.get(key="support_taken_back").details["on"] == "2017-11-09"


def test_a_line_is_taken_back_once_and_with_a_reason(screened, notified, hanh, lan):
    case = notified(screened())
    row = provide(lan, case, "food", "given")
    with pytest.raises(Refused, match="Ghi lý do dòng này sai"):
        needs.correct_provision(by=hanh, provision=row, words=" ")
    needs.correct_provision(by=hanh, provision=row, words="nhầm")
    row = Provision.objects.of(case).select_related("need", "case").get(pk=row.pk)
    with pytest.raises(Refused, match="đã được rút"):
        needs.correct_provision(by=hanh, provision=row, words="nhầm")


def test_a_refusal_whose_offer_was_taken_back_has_nothing_to_rest_on(screened, notified, hanh, lan):
    case = notified(screened())
    row = provide(lan, case, "food", "offered")
    needs.correct_provision(by=hanh, provision=row, words="chưa đề nghị")
    with pytest.raises(Refused, match="Ghi đã đề nghị hỗ trợ trước"):
        provide(lan, case, "food", "refused")


def test_a_supporter_on_the_team_records_what_they_gave(screened, notified, hanh, phuong):
    case = notified(screened())
    with pytest.raises(PermissionDenied):
        provide(phuong, case, "food", "given")
    corrections.assign(by=hanh, case=case, part="supports", agency=agency_of("womens_union"))
    assert provide(phuong, case, "food", "given").agency.key == "womens_union"


def test_several_things_are_recorded_in_one_go(screened, lan):
    case = screened()
    food, lodging = need(case, "food"), need(case, "lodging")
    needs.give_now(by=lan, case=case, given=[str(food.pk)], refused=[str(lodging.pk)], on=TODAY)
    assert (need(case, "food").met_on, need(case, "lodging").refused_on) == (TODAY, TODAY)


# The pages.


def test_the_page_of_needs_says_what_was_asked_given_and_by_whom(screened, as_lan, lan):
    case = screened()
    provide(lan, case, "food", "given", amount=1_500_000)
    said = words(as_lan.open("needs:overview", case.code))
    assert "Ăn, uống" in said and "1.500.000 đồng" in said and "UBND xã Sông Trầu" in said and "chưa hỗ trợ" in said


@pytest.mark.parametrize(("typed", "kept"), [
    ("1.000.000", 1_000_000), ("1 000 000 đ", 1_000_000), ("1,000,000 đồng", 1_000_000), ("1,5 triệu", 1_500_000),
    ("５００．０００", 500_000), ("", None),
])  # fmt: skip
def test_money_is_read_as_people_write_it(screened, as_lan, typed, kept):
    case = screened()
    page = as_lan.send("needs:provide", case.code, need(case, "food").pk, outcome="given", on=TODAY,
                       agency=agency_of("commune-26263").pk, amount=typed)  # fmt: skip
    assert page.status_code == 302 and Provision.objects.of(case).get().amount == kept


@pytest.mark.parametrize(
    "typed", ["1.5", "1.50", "1000000.00", "1.000,5", "1.0000", "một triệu", "1,5", "-5", "9" * 13, "1e6"]
)
def test_money_that_is_not_clear_is_quoted_back_and_never_guessed(screened, as_lan, typed):
    case = screened()
    page = as_lan.send("needs:provide", case.code, need(case, "food").pk, outcome="given", on=TODAY,
                       agency=agency_of("commune-26263").pk, amount=typed)  # fmt: skip
    assert page.status_code == 422 and f"“{typed}”" in words(page)
    assert not Provision.objects.of(case).exists()


def test_nothing_needed_excludes_every_need(received, as_lan):
    page = as_lan.send("support:screening", received().code, danger="no", needs=["none", "food"], on=CAME)
    assert page.status_code == 422 and "Bỏ một bên" in words(page)


def test_a_thing_is_given_or_refused_not_both(screened, as_lan):
    case = screened()
    pk = need(case, "food").pk
    page = as_lan.send("needs:given", case.code, given=[pk], refused=[pk], on=TODAY)
    assert page.status_code == 422 and "không thể vừa đã cấp vừa bị từ chối" in words(page)


def test_a_need_of_another_case_is_not_reached_through_ones_own(cast, screened, as_lan, quyen):
    mine, theirs = screened(), cast.received(by="quyen")
    screening.screen(by=quyen, case=theirs, on=CAME, danger="no", needs=["food"])
    assert as_lan.open("needs:provide", mine.code, need(theirs, "food").pk).status_code == 404


def test_needs_of_somebody_whose_case_ended_are_no_longer_recorded(screened, notified, hanh, lan):
    case = notified(screened())
    closing.close(by=hanh, case=case, on=TODAY, closing="left")
    with pytest.raises(Refused, match="Hồ sơ này đã kết thúc ngày 09/11/2017"):
        screening.screen(by=lan, case=case, on=TODAY, danger="yes", needs=["food"])


def test_who_supports_and_does_not_receive_asks_on_a_page_that_leads_back_to_the_needs(in_shelter, as_hoa):
    case = in_shelter()
    page = as_hoa.open("support:screening", case.code)
    assert "Bước 3/9" not in words(page) and "Người đi cùng" not in words(page)
    sent = as_hoa.send("support:screening", case.code, danger="no", needs=["food"], on=TODAY)
    page = as_hoa.get(sent.url)
    assert page.status_code == 200 and "Đã ghi: An toàn và nhu cầu ngay" in words(page)


def test_a_supporter_who_hears_of_danger_records_it(cast, assessed, phuong):
    case = assessed()
    cast.referred(case, kind="service", to="womens_union")
    screening.screen(by=phuong, case=again(case), on=TODAY, danger="yes", needs=[])
    assert case.tracks.get(kind="protection").stage == "needed"


def test_an_assessment_at_the_shelter_records_what_came_up_about_the_household(in_shelter, as_hoa):
    case = in_shelter()
    sent = {**answers_sent("medical"), "poor_household": "yes", "on": TODAY}
    assert as_hoa.send("support:assess", case.code, **sent).status_code == 302
    assert again(case).poor_household is True


def test_an_assessment_that_is_refused_changes_nothing_about_the_household(assessed, hanh):
    case = assessed()
    with pytest.raises(Refused, match="chưa ghi là đã hỏi"):
        screening.assess(by=hanh, case=case, on=TODAY, needs=["vocational"], groups=[], safety_asked=False,
                     advice_asked=False, poor_household=True)  # fmt: skip
    assert again(case).poor_household is None


def test_an_old_page_says_which_need_was_answered_already(screened, as_lan, lan):
    case = screened(wanted=["food", "lodging"])
    food, lodging = (Need.objects.of(case).get(kind=kind) for kind in ("food", "lodging"))
    needs.provide(by=lan, need=food, outcome="given", on=TODAY)
    page = as_lan.send("needs:given", case.code, given=[food.pk, lodging.pk], on=TODAY)
    said = words(page)
    assert page.status_code == 422 and f"Nhu cầu “{food.label}” đã xong từ trước" in said
    assert f"“{food.pk}”" not in said and re.search(rf'value="{food.pk}"[^>]* checked', page.content.decode())


def test_a_choice_that_is_gone_is_told_without_its_number(screened, as_lan, lan):
    case = screened(wanted=["food"])
    page = as_lan.send("needs:given", case.code, given=["987654"], on=TODAY)
    assert "không còn trong danh sách" in words(page) and "“987654”" not in words(page)


# Why the law does not pay, and what is still to be known.


def test_the_page_names_the_missing_fact_and_leads_to_where_it_is_entered(assessed, victim, as_hanh):
    case = victim(assessed(wanted=["initial_allowance"], nationality="citizen"))
    page = as_hanh.open("needs:overview", case.code)
    way = reverse("needs:fact", args=[case.code, "poor_household"])
    assert "Chưa đủ thông tin: cần biết có thuộc hộ nghèo không" in words(page)
    assert f'<a href="{way}">có thuộc hộ nghèo không</a>' in page.content.decode()
    sent = as_hanh.send("needs:fact", case.code, "poor_household", value="no")
    said = words(as_hanh.get(sent.url))
    assert "Không thuộc đối tượng hưởng theo quy định này; có thể hỗ trợ từ nguồn khác" in said
    assert "Điều kiện chưa đáp ứng: thuộc hộ nghèo. Căn cứ: Luật 66/2011, Điều" in said


def test_who_may_not_enter_the_fact_is_told_what_is_missing_without_a_way_there(assessed, victim, as_lan):
    case = victim(assessed(wanted=["initial_allowance"], nationality="citizen"))
    page = as_lan.open("needs:overview", case.code)
    assert "cần biết có thuộc hộ nghèo không" in words(page)
    assert reverse("needs:fact", args=[case.code, "poor_household"]) not in page.content.decode()


def test_where_the_law_says_considered_the_page_says_so(assessed, victim, as_hanh):
    # Luật 66/2011, Điều 38 khoản 2, beside Điều 33.
    case = victim(assessed(wanted=["loan", "essential"], nationality="citizen"))
    said = words(as_hanh.open("needs:overview", case.code))
    assert "Được xem xét hỗ trợ." in said and "Thuộc diện được hỗ trợ." in said


# Answers about a person that nobody gave.


@pytest.mark.parametrize(
    ("address", "args"),
    [("cases:receive", ()), ("cases:who", "case"), ("cases:companions", "case"), ("cases:rights", "case"),
     ("support:screening", "case"), ("cases:guardianship", "case"), ("cases:come_back", "closed")],
)  # fmt: skip
def test_no_answer_about_a_person_is_chosen_beforehand(received, cast, as_lan, hanh, notified, address, args):
    case = received() if args == "case" else None
    if args == "closed":
        case = notified(received())
        closing.close(by=hanh, case=case, on=TODAY, closing="left")
    page = as_lan.open(address, *([case.code] if case else []))
    assert page.status_code == 200
    assert not re.search(r'type="radio"[^>]* checked', page.content.decode())


def test_an_answer_of_not_known_takes_back_what_was_known(assessed, as_hanh, hanh):
    case = assessed(poor_household=True)
    page = as_hanh.open("needs:fact", case.code, "poor_household")
    assert re.search(r'value="yes"[^>]* checked', page.content.decode())
    assert as_hanh.send("needs:fact", case.code, "poor_household", value="unsure").status_code == 302
    assert again(case).poor_household is None
    assert as_hanh.send("needs:fact", case.code, "poor_household").status_code == 422
