"""Servers are killed under eight officers at work: what they were told was saved is there, and nothing is half done."""

import os
import random
import time
from collections import Counter

import pytest
from django.db import connection

from benan.audit.models import Event
from benan.audit.verify import verify
from benan.cases import deadlines
from benan.cases.models import Case, Deadline, Step, Track
from benan.needs.kinds import SAFETY
from benan.needs.models import Need, Provision
from benan.rules.calendar import DayTable
from benan.rules.limits import LimitTable
from benan.vault.models import Person, Sealed, Token
from tests.crash.province import province
from tests.crash.writers import NAMES, Work, Writer

pytestmark = pytest.mark.crash
SOAK = os.environ.get("SOAK") == "1"
VICTIMS = ("web", "database", "worker", "backend")
KILLS = 20 if SOAK else 3
MOMENT = 1.0  # seconds before a kill, at most
RECOVERY = 90  # seconds within which work goes on again


@pytest.fixture(scope="module")
def after_the_kills(django_test_environment, django_db_blocker):
    """What the officers remember, when the last of them has gone home."""
    draw = random.Random()  # noqa: S311, each run kills at other moments
    victims = ["web", "database", *(draw.choice(VICTIMS) for _kill in range(KILLS - 2))]
    draw.shuffle(victims)
    work = Work()
    with django_db_blocker.unblock(), province() as made:
        with made.at_work():
            sessions = made.sessions(NAMES)
            writers = [Writer(name, made.port, sessions[name], work) for name in NAMES]
            for writer in writers:
                writer.start()
            try:
                work.wait_for_more(len(NAMES), RECOVERY)
                for victim in victims:
                    time.sleep(draw.uniform(0, MOMENT))
                    made.kill(victim)
                    work.recovered = work.wait_for_more(len(NAMES), RECOVERY)
            finally:
                work.over.set()
                for writer in writers:
                    writer.join()
        print(f"{len(work.saved)} saved, {made.starts} starts of the web server, killed: {', '.join(victims)}")
        yield work


def test_work_goes_on_after_the_last_kill(after_the_kills):
    assert after_the_kills.recovered


def test_nobody_is_answered_anything_but_saved_or_not_well(after_the_kills):
    assert after_the_kills.wrong == []


def test_no_acknowledged_write_is_lost(after_the_kills):
    kept = Counter(Step.objects.values_list("case__code", "key"))
    promised = Counter((saved.code, saved.key) for saved in after_the_kills.saved if saved.key != "support_given")
    assert not promised - kept


def test_no_acknowledged_support_is_lost(after_the_kills):
    codes = {saved.code for saved in after_the_kills.saved if saved.key == "support_given"}
    given = Step.objects.filter(key="support_given").values_list("case__code", flat=True)
    assert codes and codes <= set(given)


def test_every_case_has_its_team_its_track_and_its_first_step(after_the_kills):
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT f.code FROM cases_case f WHERE NOT (
                EXISTS (SELECT 1 FROM accounts_teammember m WHERE m.team_id = f.team_id AND m.part = 'receives')
                AND EXISTS (SELECT 1 FROM accounts_teammember m WHERE m.team_id = f.team_id AND m.part = 'manages')
                AND EXISTS (SELECT 1 FROM cases_track t WHERE t.case_id = f.id AND t.kind = 'verification')
                AND EXISTS (SELECT 1 FROM cases_step s WHERE s.case_id = f.id AND s.key = 'receive'))""")
        assert cursor.fetchall() == []


def test_every_step_has_its_row_in_the_trail_and_every_such_row_its_step(after_the_kills):
    rows = Event.objects.filter(event__in=("case_step", "support_step", "case_corrected")).values_list(
        "data__id", flat=True
    )
    assert sorted(rows) == sorted(Step.objects.values_list("pk", flat=True))


def test_every_track_stands_where_its_last_step_led(after_the_kills):
    led = {(case, track): stage for case, track, stage in
           Step.objects.exclude(stage="").order_by("pk").values_list("case", "track", "stage")}  # fmt: skip
    assert {(track.case_id, track.kind): track.stage for track in Track.objects.all()} == led


def test_every_need_that_was_met_was_met_by_something(after_the_kills):
    met = Need.objects.unscoped(reason="tests").exclude(met_on=None).exclude(kind=SAFETY)
    given = Provision.objects.unscoped(reason="tests").filter(outcome="given").values_list("need", flat=True)
    assert sorted(met.values_list("pk", flat=True)) == sorted(given)


def test_every_support_has_its_line_in_the_history(after_the_kills):
    lines = Step.objects.filter(key__startswith="support_").values_list("details__provision", flat=True)
    assert sorted(lines) == sorted(Provision.objects.unscoped(reason="tests").values_list("pk", flat=True))


def test_every_clock_is_what_the_steps_make_it(after_the_kills):
    days, limits, wrong = DayTable.load(), LimitTable.load(), []
    for case in Case.objects.unscoped(reason="tests").select_related("reception", "team"):
        reckoned = deadlines.compute(
            case,
            deadlines.recorded_events(case),
            deadlines.known_facts(case),
            deadlines.responsible_agencies(case),
            tracks=case.tracks.all(),
            days=days,
            limits=limits,
        )
        if sorted(map(shown, reckoned)) != sorted(map(shown, Deadline.objects.filter(case=case))):
            wrong.append(case.code)
    assert wrong == []


def test_whoever_has_a_name_can_be_found_by_it(after_the_kills):
    named = set(Sealed.objects.filter(field="full_name").values_list("person", flat=True))
    assert named and named == set(Token.objects.values_list("person", flat=True))


def test_nobody_stands_in_the_vault_without_a_case(after_the_kills):
    people = set(Person.objects.unscoped(reason="tests").values_list("pk", flat=True))
    assert people == set(Case.objects.unscoped(reason="tests").values_list("person", flat=True))


def test_the_trail_is_sound(after_the_kills):
    assert verify().wrong == []


def shown(due):
    days = (due.started_on, due.due_on, due.met_on, due.ended_on)
    return (due.limit, *map(str, days), due.governs, due.binding, due.convention, due.agency_id)
