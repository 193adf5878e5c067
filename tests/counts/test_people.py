"""Written people, counted by hand: one rule each."""

from dataclasses import replace
from functools import partial

import pytest

from benan.cases.actions import receptions
from benan.cases.models import Case
from benan.core.counts import COUNTS, count
from benan.core.figures import Question
from benan.indicators import counts
from benan.needs.actions import applications
from tests.cast import agency_of, day

# Why; count; first and last day, as-of day ("" for the last one); area and agency; cell; how many.
RULES = [
    ("all who came, those beside them too", "persons_received", "01/01/2017 31/03/2017", {}, {}, 4),
    ("nobody came", "persons_received", "01/04/2017 30/06/2017", {}, {}, 0),
    ("one opened by mistake counts until it ended", "persons_received", "01/01/2017 31/03/2017", {"as_of": "19/02/2017"}, {}, 5),
    ("two cases of one person are one, on the days before that was known too", "persons_received", "08/02/2017 08/02/2017", {}, {}, 0),
    ("who came after the as-of day", "persons_received", "01/01/2017 31/03/2017", {"as_of": "09/01/2017"}, {}, 1),
    ("by the commune of reception", "persons_received", "01/01/2017 31/03/2017", {"area": "736"}, {}, 2),
    ("by the office that received", "persons_received", "01/01/2017 31/03/2017", {"agency": "commune-26263"}, {}, 2),
    ("who came along", "persons_received", "01/01/2017 31/03/2017", {}, {"kind": "minor"}, 1),
    ("nobody knows the age of Dừa", "persons_received", "01/01/2017 31/03/2017", {}, {"age": ""}, 1),
    ("Mai and Nụ were under 16", "persons_received", "01/01/2017 31/03/2017", {}, {"age": "under_16"}, 2),
    ("a victim on the as-of day", "persons_received", "01/01/2017 31/03/2017", {}, {"finding": "victim"}, 1),
    ("what was found later is not known yet", "persons_received", "01/01/2017 31/03/2017", {"as_of": "19/01/2017"}, {"finding": "victim"}, 0),
    ("a finding that was replaced", "persons_received", "01/01/2017 31/03/2017", {"as_of": "30/04/2017"}, {"finding": "victim"}, 2),
    ("each way of coming", "persons_received", "01/01/2017 31/03/2017", {}, {"channel": "border"}, 2),
    ("asked for once", "verifications_requested", "01/01/2017 31/01/2017", {}, {}, 2),
    ("a corrected day counts instead", "verifications_requested", "06/02/2017 06/02/2017", {}, {}, 1),
    ("and the day before the correction does not", "verifications_requested", "02/02/2017 02/02/2017", {}, {}, 0),
    ("findings in force", "persons_found", "01/01/2017 31/03/2017", {}, {}, 2),
    ("one that was replaced by the as-of day is none", "persons_found", "01/01/2017 31/03/2017", {"as_of": "30/04/2017"}, {}, 1),
    ("the one that replaced it is", "persons_found", "01/04/2017 30/06/2017", {}, {"outcome": "victim"}, 1),
    ("by the police that found", "persons_found", "01/01/2017 31/03/2017", {"agency": "police-737"}, {}, 2),
    ("given at once; what was taken back, or given to somebody by mistake, is not", "persons_given_initial_support", "01/01/2017 31/03/2017", {}, {}, 3),
    ("what was given for needs found later is no initial support", "persons_given_initial_support", "06/02/2017 07/02/2017", {}, {}, 0),
    ("each thing given", "supports_given", "01/01/2017 31/03/2017", {}, {}, 7),
    ("what was given in both cases of one person", "supports_given", "08/02/2017 08/02/2017", {}, {"need": "clothes"}, 1),
    ("by the kind of support", "supports_given", "01/01/2017 31/03/2017", {}, {"service": "essential"}, 3),
    ("what no form lists", "supports_given", "01/01/2017 31/03/2017", {}, {"service": ""}, 2),
    ("people, once each", "persons_supported", "01/01/2017 31/03/2017", {}, {}, 3),
    ("people, once for each kind", "persons_supported", "01/01/2017 31/03/2017", {}, {"service": "essential"}, 2),
    ("received and supported since", "persons_received_and_supported", "01/01/2017 01/02/2017", {}, {}, 3),
    ("by the shelter that gave it", "supports_given", "01/01/2017 31/03/2017", {"agency": "shelter_bien_hoa"}, {}, 1),
    ("assessed", "assessments", "01/01/2017 31/03/2017", {}, {}, 1),
    ("no application was decided", "applications_decided", "01/01/2017 31/12/2017", {}, {}, 0),
    ("a measure decided", "protection_measures_decided", "01/01/2017 31/03/2017", {}, {"measure": "secret_life"}, 1),
    ("somebody protected", "persons_protected", "12/01/2017 12/01/2017", {}, {}, 1),
    ("under protection until the day of the end", "persons_under_protection", "01/02/2017 09/03/2017", {}, {}, 1),
    ("no longer on that day", "persons_under_protection", "01/03/2017 10/03/2017", {}, {}, 0),
    ("what stands on the as-of day", "persons_under_protection", "01/03/2017 31/03/2017", {"as_of": "05/03/2017"}, {}, 1),
    ("of a time of which nothing is known yet", "persons_under_protection", "01/03/2017 08/03/2017", {"as_of": "28/02/2017"}, {}, 0),
    ("referred", "referrals_sent", "01/01/2017 31/03/2017", {}, {"to": "shelter"}, 1),
    ("the office that sent", "referrals_sent", "01/01/2017 31/03/2017", {"agency": "labour-737"}, {}, 1),
    ("the place that accepted", "referrals_accepted", "01/01/2017 31/03/2017", {"agency": "shelter_bien_hoa"}, {}, 1),
    ("accepted later than the as-of day", "referrals_accepted", "01/01/2017 31/03/2017", {"as_of": "06/02/2017"}, {}, 0),
    ("taken in", "stays_begun", "07/02/2017 07/02/2017", {}, {}, 1),
    ("home again", "persons_returned", "01/01/2017 31/03/2017", {}, {"sex": "female"}, 1),
    ("visited; another visit was only agreed", "visits_made", "01/04/2017 30/06/2017", {}, {}, 1),
    ("in programmes, whatever became of it; one taken back is none", "programmes_joined", "01/04/2017 30/06/2017", {}, {}, 2),
    ("once in each programme", "programmes_joined", "01/04/2017 30/06/2017", {}, {"programme": "job_loan"}, 2),
    ("who is in another as well", "programmes_joined", "01/04/2017 30/06/2017", {}, {"programme": "poverty_reduction"}, 1),
    ("not yet joined on the as-of day", "programmes_joined", "01/04/2017 30/06/2017", {"as_of": "11/04/2017"}, {}, 1),
    ("a child of whom child protection was told", "children_reported", "01/01/2017 31/03/2017", {}, {"age": "under_16"}, 1),
    ("ended, one opened by mistake as well; joined is no end", "cases_closed", "01/01/2017 31/03/2017", {}, {}, 1),
    ("by the reason", "cases_closed", "01/01/2017 31/03/2017", {}, {"closing": "error"}, 1),
]  # fmt: skip


def question(period, as_of="", area="", agency=""):
    first, last = map(day, period.split())
    return Question(first, last, day(as_of) if as_of else last, area, agency_of(agency) if agency else None)


def test_everybody_is_counted_as_by_hand(people):
    found = {}
    for why, key, period, where, cell, wanted in RULES:
        asked = question(period, **where)
        number = counts.numbers([count(key)], asked)[key]
        behind = Case.objects.unscoped(reason="tests").filter(
            pk__in=counts.rows(count(key), asked, **cell).values(f"{count(key).path}pk")
        )
        if number.of(**cell) != wanted:
            found[why] = (number.of(**cell), wanted, sorted(name for name, case in people.items() if case in behind))
    assert found == {}


def test_a_decided_application_is_counted_by_what_was_decided(cast, people):
    case, by = people["mai"], cast.officer("hanh")
    applied, decided = day("01/09/2017"), day("05/10/2017")
    applications.apply_for_support(by=by, case=case, on=applied, kinds=["vocational"], applicant="family")
    move = partial(applications.move_application, by=by, case=case)
    move(act="application_sent", on=applied)
    move(act="application_submitted", on=applied)
    move(act="application_decided", on=decided, decision="refused", paper_no="4/QĐ", paper_on=decided)
    asked = question("01/10/2017 31/12/2017")
    number = counts.numbers([count("applications_decided")], asked)["applications_decided"]
    assert (number.total, number.by("decision")) == (1, {"granted": 0, "refused": 1, "": 0})


def test_every_count_has_a_rule():
    assert {key for _why, key, *_rest in RULES} == {each.key for each in COUNTS}


def test_the_cases_behind_a_cell_are_those_that_one_may_see(cast, people):
    asked = question("01/01/2017 31/03/2017")
    received = count("persons_received")
    everybody = counts.cases(received, asked, cast.officer("thu"), 9, age="under_16")
    assert set(everybody.listed) == {people["mai"], people["be"]} and (everybody.more, everybody.unseen) == (0, 0)
    assert counts.cases(received, asked, cast.officer("thu"), 1, age="under_16").more == 1
    own = counts.cases(received, asked, cast.officer("hanh"), 9, age="under_16")
    assert (own.listed, own.more, own.unseen) == ([people["mai"]], 0, 1)
    own = counts.cases(count("supports_given"), asked, cast.officer("quang"), 9)
    assert (own.listed, own.unseen) == ([people["truc"]], 2)


def test_the_last_day_is_that_of_what_counts(people):
    last = {
        key: counts.last_day(count(key))
        for key in ("persons_received", "supports_given", "persons_found", "persons_under_protection")
    }
    assert last == {
        "persons_received": day("01/02/2017"),
        "supports_given": day("10/02/2017"),
        "persons_found": day("10/04/2017"),
        "persons_under_protection": None,
    }


def test_statements_do_not_grow_with_the_districts(people, django_assert_num_queries):
    asked, some = question("01/01/2017 31/03/2017"), [count("persons_received"), count("supports_given")]
    counts.by_district(some, asked)  # where communes lie is remembered
    with django_assert_num_queries(3):
        districts = counts.by_district(some, asked)
    assert len(districts) == 12
    with django_assert_num_queries(2):
        counts.numbers(some, asked)


def test_a_combination_that_was_not_asked_for_is_no_zero(people):
    number = counts.numbers([count("persons_received")], question("01/01/2017 31/03/2017"), [("sex", "age")])[
        "persons_received"
    ]
    assert number.of(sex="female", age="under_16") == 2
    with pytest.raises(KeyError):
        number.of(sex="female")


def test_a_commune_that_was_divided_later_lies_in_the_unit_of_its_own_time(cast, on_day):
    # 26413 was enlarged on 01/06/2019: until then the code meant a commune that several communes of 2025 share.
    on_day("31/12/2025")
    by = cast.appoint("rieng", "Người Giả Lập", "receiver", "commune-26413")
    for text in ("31/05/2019", "01/06/2019", "02/06/2019"):
        receptions.receive(by=by, channel="self", came_on=day(text), area_code="26413")
    asked, received = question("01/01/2019 31/12/2019", as_of="31/12/2019"), [count("persons_received")]
    districts = counts.by_district(received, asked)
    assert {
        unit: found["persons_received"].total for unit, found in districts.items() if found["persons_received"].total
    } == {"740": 3}
    asked = question("01/01/2019 31/12/2025")
    communes = counts.by_district(received, asked)
    assert {
        unit: found["persons_received"].total for unit, found in communes.items() if found["persons_received"].total
    } == {"26413": 2, "": 1}
    assert counts.numbers(received, replace(asked, area="26413"))["persons_received"].total == 2
