"""What people say of their birth, as the earliest and latest day it may have been."""

import pytest

from benan.cases import birth
from benan.cases.actions import closing
from benan.cases.models import Case
from benan.core.refusals import Refused
from benan.vault import access, tracing
from tests.cast import COMMUNE, TODAY, day, words


@pytest.mark.parametrize(
    ("said", "earliest", "latest"),
    [
        ("12/03/1995", "12/03/1995", "12/03/1995"),
        ("3/4/1995", "03/04/1995", "03/04/1995"),
        ("sinh ngày 12-3-1995", "12/03/1995", "12/03/1995"),
        ("3/1995", "01/03/1995", "31/03/1995"),
        ("2/2000", "01/02/2000", "29/02/2000"),
        ("1995", "01/01/1995", "31/12/1995"),
        ("1994-1996", "01/01/1994", "31/12/1996"),
        ("khoảng 1995", "01/01/1993", "31/12/1997"),
        ("22 tuổi", "10/11/1994", "09/11/1995"),
        ("22 tuoi", "10/11/1994", "09/11/1995"),
        ("15", "10/11/2001", "09/11/2002"),
        ("khoảng 17", "10/11/1997", "09/11/2002"),
        ("20-25 tuổi", "10/11/1991", "09/11/1997"),
        ("khoảng 17 tuổi", "10/11/1997", "09/11/2002"),
        ("chừng 17 tuổi", "10/11/1997", "09/11/2002"),
        ("0 tuổi", "10/11/2016", "09/11/2017"),
        ("12/03/1995 (22 tuổi)", "12/03/1995", "12/03/1995"),
        ("22 tuổi, sinh năm 1995", "01/01/1995", "09/11/1995"),
        ("22 tuổi sinh năm 1995", "01/01/1995", "09/11/1995"),
        ("12031995", "12/03/1995", "12/03/1995"),
        ("1995-03-12", "12/03/1995", "12/03/1995"),
        ("ngày 12 tháng 3 năm 1995", "12/03/1995", "12/03/1995"),
        ("tháng 3 năm 1995", "01/03/1995", "31/03/1995"),
        ("cuối năm 1995", "01/01/1995", "31/12/1995"),
        ("1995 hoặc 1996", "01/01/1995", "31/12/1996"),
        ("từ 1995 đến 1998", "01/01/1995", "31/12/1998"),
        ("khoảng tháng 3/1995", "01/01/1995", "31/05/1995"),
        ("2017", "01/01/2017", "09/11/2017"),
        ("\uff12\uff12 tuổi", "10/11/1994", "09/11/1995"),
        # Bounds.
        ("dưới 18 tuổi", "10/11/1999", "09/11/2017"),
        ("< 18 tuổi", "10/11/1999", "09/11/2017"),
        ("chưa đủ 18 tuổi", "10/11/1999", "09/11/2017"),
        ("chưa đến 18", "10/11/1999", "09/11/2017"),
        ("gần 18 tuổi", "10/11/1999", "09/11/2001"),
        ("từ 16 đến dưới 18 tuổi", "10/11/1999", "09/11/2001"),
        ("trên 18 dưới 25 tuổi", "10/11/1992", "09/11/1999"),
        ("18 tuổi trở xuống", "10/11/1998", "09/11/2017"),
        ("trên 18 tuổi", "10/11/1906", "09/11/1999"),
        ("từ 18 tuổi trở lên", "10/11/1906", "09/11/1999"),
        ("ngoài 30", "10/11/1977", "09/11/1987"),
        ("hai mươi mấy tuổi", "10/11/1987", "09/11/1997"),
        ("trước 2000", "10/11/1906", "31/12/1999"),
        ("sau năm 1995", "01/01/1996", "09/11/2017"),
        # Between two ages; "khoảng" of a range widens it, "trong khoảng" names it.
        ("trong khoảng 20 đến 25 tuổi", "10/11/1991", "09/11/1997"),
        ("khoảng 20 đến 25 tuổi", "10/11/1989", "09/11/1999"),
        ("trông khoảng 20 đến 25 tuổi", "10/11/1989", "09/11/1999"),
        ("20–25 tuổi", "10/11/1991", "09/11/1997"),
        ("20 hoặc 21 tuổi", "10/11/1995", "09/11/1997"),
        # Who is not sure may be younger than eighteen.
        ("chắc trên 18 tuổi", "10/11/1906", "09/11/2001"),
        ("18 tuổi?", "10/11/1996", "09/11/2001"),
        ("hình như 17 tuổi", "10/11/1997", "09/11/2002"),
        # Months, weeks, days.
        ("8 tháng tuổi", "10/02/2017", "09/03/2017"),
        ("2 tuổi 3 tháng", "10/07/2015", "09/08/2015"),
        ("3 tuần tuổi", "13/10/2017", "19/10/2017"),
        ("15 ngày tuổi", "25/10/2017", "25/10/2017"),
        # Numbers in words, with their marks.
        ("mười bảy tuổi", "10/11/1999", "09/11/2000"),
        ("hai mươi lăm tuổi", "10/11/1991", "09/11/1992"),
        # Others beside the person.
        ("22 tuổi, có 2 con", "10/11/1994", "09/11/1995"),
        ("22 tuổi có hai con nhỏ", "10/11/1994", "09/11/1995"),
        ("nữ, 22 tuổi", "10/11/1994", "09/11/1995"),
    ],
)
def test_what_people_say_of_their_birth_is_a_range_of_days(said, earliest, latest):
    assert birth.parse(said, TODAY) == (day(earliest), day(latest))


@pytest.mark.parametrize("said", ["", "   "])
def test_nothing_said_is_nothing_known(said):
    assert birth.parse(said, TODAY) is None


def test_ages_are_counted_on_a_29th_of_february_too():
    assert birth.parse("20 tuổi", day("29/02/2016")) == (day("01/03/1995"), day("29/02/1996"))


@pytest.mark.parametrize("said", ["31/02/1995", "12/13/1995", "13/1995", "0/1995", "01/01/0000"])
def test_a_day_that_no_calendar_has_is_quoted_back(said):
    with pytest.raises(Refused, match="không có trong lịch") as refused:
        birth.parse(said, TODAY)
    assert said in str(refused.value) and refused.value.field == "birth"


@pytest.mark.parametrize(
    "said",
    [
        "không nhớ",
        "năm con Hợi",
        "tuổi Hợi",
        "95",
        "8",
        "05",
        "sinh 15",
        "sinh năm 95",
        "khoảng 95",
        "sinh 12/3",
        "2 con",
        "có 2 con",
        "có 2 con, 22 tuổi",
        "22 tuổi, con 3 tuổi",
        "sinh năm 2001, có con năm 2016",
        "bị bán năm 15 tuổi",
        "năm 15 tuổi",
        "năm ngoái 17 tuổi",
        "18 tuổi mụ",
        "17, 18 tuổi",
        "tháng 8",
        "25-20 tuổi",
        "muoi bay tuoi",
        "nam muoi tuoi",
        "nam mười tuổi",
        "hai ba tuổi",
        "12/03/1995 âm lịch",
    ],
)
def test_words_that_hold_no_year_or_age_are_answered_with_the_way_to_write_it(said):
    with pytest.raises(Refused, match="Ghi năm sinh"):
        birth.parse(said, TODAY)


def test_an_age_is_sealed_with_the_years_it_means_so_that_a_search_by_year_finds_it():
    assert (
        birth.words_to_seal("khoảng 22 tuổi", birth.parse("khoảng 22 tuổi", TODAY))
        == "khoảng 22 tuổi (sinh khoảng 1992-1997)"
    )
    assert birth.words_to_seal("12/03/1995", birth.parse("12/03/1995", TODAY)) == "12/03/1995"


@pytest.mark.parametrize("said", ["30 tuổi, sinh năm 1995", "12/03/1995 (30 tuổi)", "22 tuổi, 3 tuổi"])
def test_parts_that_contradict_each_other_are_asked_again(said):
    with pytest.raises(Refused, match="không khớp nhau vào ngày 09/11/2017"):
        birth.parse(said, TODAY)


@pytest.mark.parametrize(
    "said",
    ["12/03/1995", "khoảng 1995", "22 tuổi, sinh năm 1995", "dưới 18 tuổi", "8 tháng tuổi", "sau năm 1995", "12031995",
     "khoảng 22 tuổi (sinh khoảng 1992-1997)"],
)  # fmt: skip
def test_the_years_read_again_from_what_was_sealed_are_those_of_the_case(said):
    span = birth.parse(said, TODAY)
    sealed = birth.words_to_seal(said, span)
    assert sealed.startswith(said) and tracing.years_in(sealed) == (span[0].year, span[1].year)


# At the pages.


def test_a_child_said_to_be_under_eighteen_is_received_as_one(as_lan, lan):
    sent = {"channel": "self", "came_on": "09/11/2017", "came_at": "21:40", "area_code": COMMUNE}
    as_lan.post("/tiep-nhan/moi/", sent | {"said_birth": "dưới 18 tuổi"})
    case = Case.objects.visible_to(lan).get()
    assert case.may_be_under(18, TODAY)
    assert case.age_class == "under_16"  # or perhaps
    assert access.age_class(person_id=case.person_id, on=day("09/11/2033")) == "under_18"


def test_an_infant_is_months_old(as_lan, lan, received):
    as_lan.send("cases:companions", received().code, kind="minor", said_birth="8 tháng tuổi")
    child = Case.objects.visible_to(lan).get(kind="minor")
    assert (child.age_class, access.first_year_of_birth_class(person_id=child.person_id)) == ("under_16", 2015)


def test_what_is_not_understood_is_said_at_the_box_it_was_typed_in(as_lan, received):
    page = as_lan.send("cases:who", received().code, said_birth="sinh năm 2001, có con năm 2016", full_name="Nụ")
    assert page.status_code == 422 and 'value="Nụ"' in page.content.decode()
    assert "said_birth" in page.context["form"].errors and "8 tháng tuổi" in words(page)


def test_a_birth_after_the_arrival_is_said_at_the_box_it_was_typed_in(as_lan, received):
    page = as_lan.send("cases:who", received().code, said_birth="2018")
    assert "Ngày sinh sau ngày đến tiếp nhận" in page.context["form"].errors["said_birth"][0]


AGE_BOXES = [("cases:search", "birth"), ("cases:receive", "said_birth"), ("cases:who", "said_birth"),
             ("cases:companions", "said_birth"), ("cases:come_back", "said_birth")]  # fmt: skip
OTHERS = {
    "cases:search": {"full_name": "Trịnh Thị Nụ"},
    "cases:receive": {"channel": "self", "came_on": TODAY, "area_code": COMMUNE}, "cases:companions": {"kind": "relative"},
    "cases:come_back": {"channel": "self", "came_on": TODAY, "area_code": COMMUNE},
}  # fmt: skip


@pytest.mark.parametrize(("page", "field"), AGE_BOXES)
@pytest.mark.parametrize(
    ("typed", "taken"), [("22", True), ("khoảng 17", True), ("17 tuổi", True), ("62", False), ("con Hợi", False)]
)
def test_every_box_for_an_age_takes_the_same_words_and_loses_none(received, lan, as_lan, page, field, typed, taken):
    args = []
    if page not in ("cases:search", "cases:receive"):
        case = received()
        if page == "cases:come_back":
            closing.close(by=lan, case=case, on=TODAY, closing="left")
        args = [case.code]
    answer = as_lan.send(page, *args, **{field: typed}, **OTHERS.get(page, {}))
    assert (answer.status_code < 400) == taken
    if not taken:
        form = answer.context.get("arrival") or answer.context["form"]
        assert f"“{typed}”" in str(form.errors[field]) and f'value="{typed}"' in answer.content.decode()
