"""The victims' cells of the official tables, counted by hand from the same people, and the forms' own formulas."""

from benan.core.counts import count
from benan.core.figures import question
from benan.indicators import official
from benan.indicators.counts import Number
from benan.indicators.official import Share
from benan.places import lying
from tests.cast import COMMUNE, OTHER_COMMUNE, day
from tests.places.test_lying import era_of

YEAR = 2017  # the form is of 2025; what it counts is asked of the year in which the people live


def cells(**numbers):
    """Cells of a row of Biểu 508, zero where nothing is said; `c5` is column 5."""
    found = dict.fromkeys(official.COLUMNS_508, 0)
    return found | {name.removeprefix("c"): number for name, number in numbers.items()}


def test_each_unit_has_its_row(people):
    table = official.table_508(YEAR, day("31/12/2017"))
    assert {unit: row for unit, row in table.rows.items() if any(row.values())} == {
        # Mai: a victim, 14, given food, psychological help and schooling; the interpreter has no column.
        "737": cells(c1=1, c2=1, c4=1, c5=3, c5_all=3, c7=1, c11=1, c12=1),
        # Trúc: a victim since 10/04/2017, protected; his lodging was taken back. Nụ came along and is none.
        "736": cells(c1=1, c5=1, c5_all=1, c6=1),
    }
    assert len(table.rows) == 11
    assert table.total == cells(c1=2, c2=1, c4=1, c5=4, c5_all=4, c6=1, c7=1, c11=1, c12=1)


def test_a_year_without_anybody_has_zeros(people):
    table = official.table_508(2016, day("31/12/2016"))
    assert table.total == cells()


def test_who_is_found_to_be_a_victim_later_is_none_yet(people):
    assert official.table_508(YEAR, day("31/03/2017")).total["1"] == 1


def number(key, *values):
    """A number with these cells."""
    names = frozenset(frozenset(cell) for cell, _number in values)
    return Number(count(key), names, {frozenset(cell.items()): n for cell, n in values})


def test_column_5_is_the_forms_own_sum_and_beside_it_that_of_all_columns():
    services = [
        "essential",
        "travel",
        "medical",
        "legal",
        "psychological",
        "schooling",
        "vocational",
        "job",
        "initial_allowance",
        "loan",
    ]
    found = {
        "persons_received": number(
            "persons_received", ({"finding": "victim"}, 9), ({"finding": "victim", "sex": "female"}, 5),
            ({"finding": "victim", "age": "under_16"}, 2), ({"finding": "victim", "age": "under_18"}, 3),
        ),
        "protection_measures_decided": number("protection_measures_decided", ({"finding": "victim"}, 1)),
        "supports_given": number(
            "supports_given", *(({"finding": "victim", "service": key}, 2**n) for n, key in enumerate(services, 1))
        ),
    }  # fmt: skip
    row = official.row_508(found)
    assert [row[str(column)] for column in (1, 2, 3, 4)] == [9, 5, 3, 2]
    assert [row[str(column)] for column in range(6, 17)] == [2**n for n in range(11)]
    assert (row["5"], row["5_all"]) == (2**8 - 1, 2**11 - 1)


def test_the_rate_is_of_victims_given_a_listed_service_among_victims_received(people):
    found = official.numbers_of_rate(official.asked_of(YEAR, day("31/12/2017")))
    assert official.rate_508(found) == Share(1, 2)
    assert official.rate_508(found, sex="female") == Share(1, 1)
    assert official.rate_508(found, age="adult") == Share(0, 1)
    assert official.rate_508(found, age="under_18").percent is None


def test_children_are_victims_under_16_and_what_no_register_has_is_left_to_be_typed(people):
    year = (YEAR, day("31/12/2017"))
    column = official.CHILDREN
    assert {line: row[column] for line, row in official.table_601(*year).rows.items()} == {
        "100": 1,
        "110": 1,
        "121": None,
        "122": None,
    }
    shares = official.table_603(*year).rows
    assert (shares["100"][column], shares["110"][column], shares["121"][column]) == (Share(1, 1), Share(1, 1), None)
    assert official.table_603(2016, day("31/12/2016")).total[column].percent is None


def test_money_is_left_to_be_typed(db):
    table = official.table_510(YEAR, day("31/12/2017"))
    assert len(table.rows) == 11
    assert {cell for row in table.rows.values() for cell in row.values()} == {None}


def test_communes_are_the_rows_from_july_2025_and_who_came_before_is_found_in_them(db):
    before, after = (set(official.table_510(2025, day(text)).rows) for text in ("30/06/2025", "31/12/2025"))
    assert (len(before), len(after)) == (11, 95)
    there = lying.on(day("31/12/2025"))
    spring = era_of(there, day("03/03/2025"))
    assert {there.unit(spring, code) for code in (COMMUNE, OTHER_COMMUNE)} <= after


def test_a_year_is_judged_on_its_last_day_or_today(settings):
    assert official.asked_of(2025) == question(day("01/01/2025"), day("31/12/2025"))
