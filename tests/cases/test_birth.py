"""What people say of their birth, as the earliest and latest day it may have been."""

import pytest

from benan.cases import birth
from benan.core.refusals import Refused
from tests.cast import TODAY, day


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
        ("20-25 tuổi", "10/11/1991", "09/11/1997"),
        ("khoảng 17 tuổi", "10/11/1997", "09/11/2002"),
        ("chừng 17 tuổi", "10/11/1997", "09/11/2002"),
        ("0 tuổi", "10/11/2016", "09/11/2017"),
        ("12/03/1995 (22 tuổi)", "12/03/1995", "12/03/1995"),
        ("22 tuổi, sinh năm 1995", "10/11/1994", "09/11/1995"),
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


@pytest.mark.parametrize("said", ["không nhớ", "năm con Hợi", "tuổi Hợi", "95"])
def test_words_that_hold_no_year_or_age_are_answered_with_the_way_to_write_it(said):
    with pytest.raises(Refused, match="Ghi năm sinh"):
        birth.parse(said, TODAY)


def test_an_age_is_sealed_with_the_years_it_means_so_that_a_search_by_year_finds_it():
    assert (
        birth.words("khoảng 22 tuổi", birth.parse("khoảng 22 tuổi", TODAY)) == "khoảng 22 tuổi (sinh khoảng 1992-1997)"
    )
    assert birth.words("12/03/1995", birth.parse("12/03/1995", TODAY)) == "12/03/1995"
