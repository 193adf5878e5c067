"""The class of an age stands on the case; what it was on another day only the vault says, and nothing finer."""

import datetime as dt

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from benan.cases.actions import corrections, identities, receptions
from benan.cases.models import Case
from benan.core.refusals import Refused
from benan.vault import access
from benan.vault.ages import Birth
from tests.cast import CAME, COMMUNE, TODAY, again, day, words

MAY = {"born_from": day("07/11/1999"), "born_to": day("07/11/1999")}  # 18 the day after arriving


@pytest.mark.parametrize(
    ("born", "on", "found"),
    [
        ("07/11/2001", "06/11/2017", "under_16"),
        ("07/11/2001", "07/11/2017", "under_18"),
        ("07/11/1999", "06/11/2017", "under_18"),
        ("07/11/1999", "07/11/2017", "adult"),
        ("29/02/2000", "28/02/2018", "under_18"),
        ("29/02/2000", "01/03/2018", "adult"),
        ("07/11/2017", "06/11/2017", "not_born"),
        ("05/11/1906", "06/11/2017", "too_old"),
    ],
)
def test_a_day_is_in_one_class(born, on, found):
    assert Birth(day(born), day(born)).age_class(day(on)) == found


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [("01/01/1995", "31/12/1995", 1995), ("12/03/1994", "12/03/1994", 1990), ("1/1/1993", "31/12/1998", None),
     ("1/1/1994", "31/12/1995", None), ("1/1/1995", "31/12/1999", 1995),
     ("1/1/1907", "31/12/1999", None)],
)  # fmt: skip
def test_the_five_years_of_a_birth_are_those_in_which_all_of_it_lies(first, last, years):
    assert Birth(day(first), day(last)).years == years


@pytest.mark.parametrize(
    ("said", "shown"),
    [("mười lăm tuổi", "dưới 16 tuổi hoặc có thể dưới 16 tuổi"), ("17 tuổi", "16, 17 tuổi"),
     ("khoảng 22 tuổi", "đủ 18 tuổi"), ("sinh năm 1994 hoặc 1995", "đủ 18 tuổi"), ("22 tuổi", "đủ 18 tuổi")],
)  # fmt: skip
def test_the_years_beside_the_age_contradict_neither_it_nor_what_is_sealed(received, as_lan, said, shown):
    case = received()
    as_lan.send("cases:who", case.code, said_birth=said)
    head = words(as_lan.open("cases:case", case.code))
    assert shown in head and "sinh khoảng" not in head


def test_who_turns_18_the_day_after_is_a_child_until_then(received):
    case = received(**MAY)
    assert (case.age_class, case.may_be_under(18, CAME), case.may_be_under(18, day("07/11/2017"))) == (
        "under_18", True, False,
    )  # fmt: skip


def test_who_is_in_doubt_under_18_stays_so_until_the_latest_birth(received):
    case = received(born_from=day("01/01/1998"), born_to=day("08/11/1999"))
    assert [case.may_be_under(18, CAME + dt.timedelta(days=n)) for n in (0, 1, 2)] == [True, True, False]


def test_a_corrected_arrival_changes_the_class_of_age(received, cast, hanh):
    case = cast.notified(received(born_from=day("05/11/1999"), born_to=day("05/11/1999")))
    assert case.age_class == "adult"
    step = case.steps.get(event="received")
    corrections.correct_day(by=hanh, step=step, on=day("04/11/2017"), words="chép nhầm")
    assert again(case).age_class == "under_18"


def test_a_birth_that_follows_a_person_into_another_case_is_asked_there_and_not_after_they_are_parted(cast, hanh):
    case, other = cast.notified(), cast.notified(cast.received(**MAY))
    identities.join(by=hanh, case=case, other=other)
    case = again(case)
    assert case.age_class == "under_18" and not case.may_be_under(18, TODAY)
    identities.unjoin(by=hanh, case=again(other), words="hai người khác nhau")
    case, other = again(case), again(other)
    assert (case.age_class, case.may_be_under(18, TODAY)) == ("", True)
    assert (other.age_class, other.may_be_under(18, TODAY)) == ("under_18", False)
    assert access.age_class(person_id=case.person_id, on=TODAY) is None


def test_who_comes_back_is_of_the_age_of_the_new_day(cast, hanh, lan):
    case = cast.notified(**MAY)
    arrival = {"channel": "self", "came_on": TODAY, "area_code": COMMUNE}
    Case.objects.unscoped(reason="tests").filter(pk=case.pk).update(closed_on=TODAY, closing="left")
    back = receptions.come_back(by=lan, case=again(case), **arrival)
    assert (again(case).age_class, back.age_class) == ("under_18", "adult")


def test_without_a_key_the_page_of_a_child_opens_and_they_count_as_a_child(received, as_lan, settings, tmp_path):
    case = received(**MAY)
    settings.KEY_FILE = str(tmp_path / "none.key")
    page = as_lan.open("cases:case", case.code)
    assert page.status_code == 200 and case.may_be_under(18, TODAY)


def test_the_page_says_five_years_and_no_age_in_years(received, as_lan):
    said = words(as_lan.open("cases:case", received(born_from=day("12/03/1995"), born_to=day("12/03/1995")).code))
    assert "đủ 18 tuổi" in said and "sinh khoảng 1995-1999" in said and "22 tuổi" not in said


def test_the_earliest_birth_is_not_after_the_latest(lan):
    with pytest.raises(Refused, match="sớm nhất phải trước"):
        receptions.receive(
            by=lan, channel="self", came_on=CAME, area_code=COMMUNE, born_from=CAME, born_to=day("01/01/2000")
        )


def test_no_other_class_of_age_is_stored(received):
    case = received()
    with pytest.raises(IntegrityError, match="a_class_of_age"), transaction.atomic():
        Case.objects.unscoped(reason="tests").filter(pk=case.pk).update(age_class="12")
