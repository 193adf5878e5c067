"""Receiving somebody: a case under an alias at once, who they are only as far as they wish to say."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from benan.accounts.models import TeamMember
from benan.audit.models import Event
from benan.cases import aliases
from benan.cases.actions import closing, receptions
from benan.cases.aliases import PLANTS
from benan.cases.models import Case, Deadline, Step
from benan.core.refusals import Refused
from benan.core.text import fold
from benan.vault import access
from tests.cast import ADULT, CAME, COMMUNE, TODAY, again, agency_of, day, words


def teams(case):
    """The agencies that hold a case now, as {part: key}."""
    rows = TeamMember.objects.filter(team=case.team, until=None).select_related("agency")
    return {row.part: row.agency.key for row in rows}


def cases():
    """All cases there are."""
    return Case.objects.unscoped(reason="tests")


def test_somebody_is_received_without_saying_who_they_are(received):
    case = received()
    assert case.alias in PLANTS and case.kind == "claimant" and case.opened_on == CAME
    assert access.known_fields(case.person_id) == set()
    assert teams(case) == {"receives": f"commune-{COMMUNE}", "manages": f"commune-{COMMUNE}"}


def test_a_reception_is_the_first_step_and_starts_what_is_due_at_once(received):
    case = received(**ADULT)
    assert list(case.steps.values_list("key", "event", "stage", "on")) == [("receive", "received", "received", CAME)]
    deadline = {
        row.limit: (row.due_on, row.agency.key) for row in Deadline.objects.filter(case=case).select_related("agency")
    }
    assert deadline == {"notify_labour": (CAME, f"commune-{COMMUNE}"), "screen_needs": (CAME, f"commune-{COMMUNE}")}


def test_a_code_says_the_year_and_is_drawn_not_counted(received):
    numbers = [int(received().code.removeprefix("17-")) for _ in range(4)]
    assert len(set(numbers)) == 4 and max(numbers) - min(numbers) > 4


def test_open_cases_never_share_an_alias(received):
    assert len({received().alias for _ in range(4)}) == 4


def test_nobody_is_called_as_somebody_was_whose_case_has_ended(received, lan, monkeypatch):
    monkeypatch.setattr(receptions, "PLANTS", ("Sen",))
    ended = received()
    closing.close(by=lan, case=ended, on=TODAY, closing="left")
    assert ended.alias == "Sen" != received().alias


def test_when_all_plants_are_taken_aliases_go_on_with_where_they_grow_and_then_with_a_number(received, monkeypatch):
    monkeypatch.setattr(receptions, "PLANTS", ("Sen",))
    monkeypatch.setattr(aliases, "PLACES", ("Ven Hồ", "Bờ Ao"))
    drawn = [received().alias for _ in range(4)]
    assert drawn[0] == "Sen" and set(drawn[1:3]) == {"Sen Ven Hồ", "Sen Bờ Ao"}
    assert re.fullmatch(r"Sen \d+", drawn[3])


def test_there_are_aliases_for_a_province_and_none_is_there_twice():
    stock = list(aliases.all_aliases(PLANTS))
    assert len(stock) == len(set(stock)) > 100_000 and max(map(len, stock)) <= 40
    assert len({fold(place) for place in aliases.PLACES}) == len(aliases.PLACES)
    assert all(len(place.split()) == 2 for place in aliases.PLACES)


@pytest.mark.parametrize("name", ["dung", "hung", "hoa", "phuong", "thu", "bao", "son", "vy", "truong_phong"])
def test_who_receives_nobody_cannot(cast, name):
    with pytest.raises(PermissionDenied):
        receptions.receive(by=cast.officer(name), channel="self", came_on=CAME, area_code=COMMUNE)
    assert not cases().exists()


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"came_on": day("10/11/2017")}, "came_on", "Ngày 10/11/2017 nằm sau hôm nay (09/11/2017)."),
        ({"area_code": "737"}, "area_code", "không có xã, phường nào có mã 737"),
        ({"area_code": "99999"}, "area_code", "không có xã, phường nào có mã 99999"),
        ({"first_told_on": day("07/11/2017")}, "first_told_on", "trước hoặc trong ngày đến đây"),
        ({"born_from": TODAY, "born_to": TODAY}, "born", "Ngày sinh sau ngày đến tiếp nhận"),
        ({"born_from": day("01/01/1880"), "born_to": day("01/01/1880")}, "born", "Tuổi này trên 110"),
    ],
)
def test_what_cannot_be_is_refused_with_the_day_or_value_named(received, facts, field, sentence):
    with pytest.raises(Refused) as refused:
        received(**facts)
    assert sentence in str(refused.value) and refused.value.field == field
    assert not cases().exists()


def test_nobody_is_received_in_a_commune_that_was_none_that_day(received):
    with pytest.raises(Refused, match="Ngày 24/03/2014 không có xã Sông Trầu"):
        received(came_on=day("24/03/2014"))


def test_a_person_has_one_open_case(received):
    case = received()
    with pytest.raises(Refused, match="đang có một hồ sơ chưa kết thúc"):
        received(person_id=case.person_id)


def test_the_database_itself_refuses_a_second_open_case_of_one_person(received):
    first, second = received(), received()
    with pytest.raises(IntegrityError, match="a_person_has_one_open_case"), transaction.atomic():
        cases().filter(pk=second.pk).update(person=first.person_id)


def test_somebody_who_comes_back_after_their_case_ended_has_a_new_case_of_the_same_person(notified, received, hanh):
    case = notified()
    closing.close(by=hanh, case=case, on=TODAY, closing="left")
    assert received(person_id=case.person_id).person_id == case.person_id


def test_who_came_along_has_a_case_of_their_own_without_verification(received, lan):
    case = received()
    child = receptions.add_companion(by=lan, case=case, kind="minor", born_from=day("01/01/2014"), born_to=day("31/12/2014"),
                                     identity={"full_name": "Bé Na"})  # fmt: skip
    assert (child.kind, child.reception_id) == ("minor", case.reception_id)
    assert not child.tracks.filter(kind="verification").exists()
    assert child.steps.get(key="came_along") and case.steps.get(key="companion").details["case"] == child.code


def test_somebody_of_age_is_no_minor(received, lan):
    with pytest.raises(Refused, match="đã đủ 18 tuổi"):
        receptions.add_companion(
            by=lan, case=received(), kind="minor", born_from=day("01/01/1990"), born_to=day("31/12/1990")
        )


def test_those_who_came_along_go_with_the_notice_to_the_labour_office(received, lan, hanh):
    case = received()
    child = receptions.add_companion(by=lan, case=case, kind="minor")
    receptions.notify_labour(by=lan, case=case, on=CAME)
    assert again(child).agency == agency_of("labour-737")
    assert Case.objects.visible_to(hanh).filter(pk=child.pk).exists()


def test_who_is_recorded_after_the_notice_goes_to_those_who_hold_the_case(notified, lan, hanh):
    case = notified()
    sister = receptions.add_companion(by=lan, case=case, kind="relative")
    assert again(sister).agency == agency_of("labour-737")
    assert Case.objects.visible_to(hanh).filter(pk=sister.pk).exists()
    assert Case.objects.visible_to(lan).filter(pk=sister.pk).exists()


def test_the_notice_makes_the_labour_office_of_the_district_responsible(notified, hanh):
    case = notified()
    assert case.agency == agency_of("labour-737")
    assert teams(case) == {"receives": f"commune-{COMMUNE}", "manages": "labour-737"}
    assert Case.objects.visible_to(hanh).filter(pk=case.pk).exists()


def test_three_days_run_from_the_notice_not_from_its_acknowledgement(notified):
    deadline = Deadline.objects.get(case=notified(), limit="labour_intake")
    assert (deadline.started_on, deadline.due_on, deadline.agency.key) == (CAME, TODAY, "labour-737")


def test_a_notice_is_given_once(notified, lan):
    with pytest.raises(Refused, match="Không làm được bước"):
        receptions.notify_labour(by=lan, case=notified(), on=CAME)


def test_a_labour_office_that_receives_somebody_itself_keeps_the_case(cast, hanh):
    case = cast.received(by="hanh")
    receptions.notify_labour(by=hanh, case=case, on=CAME)
    assert teams(again(case))["manages"] == "labour-737"


def test_rights_explained_are_a_step_with_the_language(received, lan):
    case = received()
    receptions.explain_rights(by=lan, case=case, on=CAME, language="sign")
    assert case.steps.get(key="rights").details == {"language": "sign"}


def test_facts_learned_later_stay_in_the_history_with_the_old_value(received, lan):
    case = received(sex="female")
    receptions.record_facts(by=lan, case=case, sex="male", nationality="citizen")
    step = case.steps.get(key="correct_fact")
    assert step.details["changed"] == {"sex": ["female", "male"], "nationality": ["", "citizen"]}
    assert (again(case).sex, again(case).nationality) == ("male", "citizen")


def test_facts_that_say_nothing_new_leave_no_line(received, lan):
    case = received(sex="female")
    receptions.record_facts(by=lan, case=case, sex="female")
    assert not case.steps.filter(key__in=("facts", "correct_fact")).exists()


def test_a_stranger_can_record_nothing(received, quyen):
    case = received()
    for verb in (receptions.record_facts, receptions.record_words, receptions.record_identity_and_facts):
        with pytest.raises(PermissionDenied):
            verb(
                by=quyen,
                case=case,
                **({"words": "x"} if verb is receptions.record_words else {"values": {"phone": "1"}}),
            )
    assert Step.objects.filter(case=case).count() == 1


def test_a_refused_verb_leaves_no_trace(received, lan):
    before = Event.objects.count()
    with pytest.raises(Refused):
        received(came_on=day("10/11/2017"))
    assert Event.objects.count() == before


def test_a_notice_sent_again_says_what_is_wrong_and_keeps_its_words(notified, as_lan):
    case = notified()
    page = as_lan.send("cases:review", case.code, on=TODAY, at="09:30", how="call", words="đã gọi lại cho chị Hạnh")
    said = words(page)
    assert page.status_code == 422 and "Đã báo Phòng LĐ-TB&XH huyện Trảng Bom" in said
    assert "Không làm được bước" in said and "đã gọi lại cho chị Hạnh" in said


def test_a_birth_not_understood_of_somebody_who_comes_back_is_said_at_its_box(notified, hanh, as_hanh):
    ended = notified()
    closing.close(by=hanh, case=ended, on=TODAY, closing="left")
    answer = as_hanh.send(
        "cases:come_back", ended.code, channel="self", came_on=TODAY, area_code=COMMUNE, said_birth="hai con voi"
    )
    assert answer.status_code == 422 and list(answer.context["form"].errors) == ["said_birth"]


def test_who_receives_somebody_again_is_led_to_the_case_that_is_open(notified, hanh, as_hanh):
    ended = notified()
    closing.close(by=hanh, case=ended, on=TODAY, closing="left")
    back = receptions.come_back(by=hanh, case=again(ended), channel="self", came_on=TODAY, area_code=COMMUNE)
    page = as_hanh.send("cases:come_back", ended.code, channel="self", came_on=TODAY, area_code=COMMUNE)
    assert page.status_code == 422
    assert f'href="{back.get_absolute_url()}">Mở hồ sơ {back.alias}' in page.content.decode()
