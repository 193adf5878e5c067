"""A copy made in bulk is what the verbs would have written there and then."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection, models

from benan.accounts.models import Team
from benan.audit.models import Event as Trail
from benan.audit.verify import verify
from benan.cases.models import Case, Deadline, Erasure, Reception, Step
from benan.indicators import standings
from benan.indicators.models import CaseStanding
from benan.shell.demo import cast, lives, player
from benan.shell.demo.cast import Officers
from benan.vault import access
from benan.vault.models import Person, Token
from benan.vault.tracing import ComparedIdentity
from bench import bulk, loading, names
from bench.copies import Copy
from bench.moulds import TABLES, every, moulds
from tests import databases
from tests.cast import demo_installation

DRAWN = {"code", "alias", "wrapped_key"}
BIEN_HOA, TRANG_BOM, TAN_PHU = ("731", "26017"), ("737", "26263"), ("734", "26116")
# What copying could lose: a proof and a minor who came along; two police; a hand-over; a declined referral and a
# protected relative; a refusal. Each with the days by which its copy is later, and where to.
LIVES = {
    "bhoa-sao-mai": (-35, TRANG_BOM),
    "tbom-thung": (14, BIEN_HOA),
    "dquan-bien": (43, BIEN_HOA),
    "tnhat-nang": (-61, TRANG_BOM),
    "lthanh-gach": (100, BIEN_HOA),
}


@pytest.fixture
def province(fresh_database, django_db_setup, django_db_blocker, tmp_path):
    """The cast of the demo on a legal day when all of these lives may have come to their end, worked for as the owner."""
    with (
        django_db_blocker.unblock(),
        databases.in_process(fresh_database(), "owner"),
        demo_installation(tmp_path, dt.date(2021, 12, 31)),
    ):
        cast.appoint()
        yield {life.key: life for life in lives.read()}


def test_a_copy_is_what_the_verbs_would_have_written(province):
    differences = {}
    for key, (later, (district, commune)) in LIVES.items():
        life = province[key]
        list(player.play([life, moved(life, later, district, commune)]))
        mould, by_verbs = moulds()[-2:]
        (copied,) = bulk.write([Copy(mould, later, district, commune)])
        differences[key] = compare(state([case.pk for case in by_verbs.rows[Case]]), state(copied))
    assert differences == {key: [] for key in LIVES}


def test_copies_are_other_people_who_can_be_found_by_name(province):
    list(player.play([province["bhoa-suoi"]]))
    (mould,) = moulds()
    pks = bulk.write(Copy(mould, later, *TRANG_BOM, number=later) for later in range(1, 4))
    asked = ComparedIdentity(names=(names.name(2),))
    found = {match.person_id for match in access.match(facts=asked)}
    (second,) = Case.objects.unscoped(reason="tests").filter(pk__in=pks[1])
    assert second.person_id in found


def test_copies_stand_in_the_measures_where_they_would_be_judged_to_stand(province):
    for life in LIVES:
        list(player.play([province[life]]))
    copies = [Copy(mould, 28, *place) for mould in moulds() for place in (BIEN_HOA, TRANG_BOM, TAN_PHU)]
    copied = [pk for pks in bulk.write(copies) for pk in pks]
    assert every(CaseStanding).filter(case__in=copied).exists()
    assert standings.write(copied) == 0


def test_the_trail_of_copies_is_what_the_verbs_would_have_left_and_sound(province):
    life = province["bhoa-sao-mai"]
    later, (district, commune) = LIVES[life.key]
    list(player.play([life, moved(life, later, district, commune)]))
    mould, by_verbs = moulds()
    before = verify().rows
    (copied,) = bulk.write([Copy(mould, later, district, commune)])
    (copy,) = moulds(pk__in=copied)
    assert told(copy) == told(by_verbs)
    assert (verify().wrong, verify().rows) == ([], before + len(copy.trail))


def test_every_table_with_rows_of_a_case_is_copied_or_computed():
    about = {Case, Person, Team, Reception}
    tables = {
        table
        for table in apps.get_models(include_auto_created=True)
        if any(each.related_model in about for each in table._meta.concrete_fields)
    }
    assert tables - set(TABLES) == {Deadline, Token, Erasure, CaseStanding}


def test_loading_gives_back_what_it_takes_away(province):
    tables = [*TABLES, Deadline, Token, Trail]
    before = slowing(tables)
    with loading.bare(tables):
        assert slowing(tables) == []
    assert slowing(tables) == before


def slowing(tables):
    with connection.cursor() as cursor:
        cursor.execute(loading.SLOWING, {"tables": [table._meta.db_table for table in tables]})
        return sorted(cursor.fetchall())


def told(mould):
    """What the trail says about one reception, ids of rows by their place."""
    places = {row.pk: number for number, row in enumerate(mould.rows[Step])}
    codes = {row.trail_subject: number for number, row in enumerate([*mould.rows[Case], *mould.rows[Person]])}
    return [
        (row.by, row.event, codes[row.subject], {**row.data, "id": places.get(row.data.get("id"))})
        for row in mould.trail
    ]


def moved(life, later, district, commune):
    """The same life lived elsewhere, some days later."""
    places = {life.at: commune, Officers().district(life.at, life.began_on): district}

    def elsewhere(word):
        if re.fullmatch(r"\d\d/\d\d/\d{4}", word):
            return f"{dt.datetime.strptime(word, '%d/%m/%Y') + dt.timedelta(days=later):%d/%m/%Y}"  # noqa: DTZ007
        return places.get(word, word)

    lines = tuple(
        replace(
            line,
            on=line.on + dt.timedelta(days=later),
            words=tuple(map(elsewhere, line.words)),
            options={name: elsewhere(word) for name, word in line.options.items()},
        )
        for line in life.lines
    )
    return replace(life, key=f"{life.key}-elsewhere", at=commune, lines=lines)


def state(pks):
    """Every row of some cases, by table, with nothing that is drawn, counted or stamped by the clock."""
    (mould,) = moulds(pk__in=pks)
    cases = mould.rows[Case]
    rows = mould.rows | {
        Deadline: list(Deadline.objects.filter(case__in=pks).order_by("case", "pk")),
        Token: list(Token.objects.filter(person__in=[case.person_id for case in cases])),
    }
    place = {(table, row.pk): number for table in rows for number, row in enumerate(rows[table])}
    codes = {case.code: number for number, case in enumerate(cases)}
    found = {table.__name__: [plain(row, place, codes, mould.words) for row in rows[table]] for table in rows}
    found["Token"].sort(key=repr)
    return found


def plain(row, place, codes, words):
    shown = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.primary_key or field.name in DRAWN or isinstance(field, models.DateTimeField):
            continue
        if field.is_relation and value is not None:
            value = place.get((field.related_model, value), value)
        if isinstance(field, models.BinaryField):
            value = bytes(value) if isinstance(row, Token) else words.get((type(row), row.pk, field.name))
        if isinstance(row, Step) and field.name == "details":
            from_rows = {"provision": lambda pk: "its provision", "case": codes.get}
            value = {name: from_rows.get(name, lambda part: part)(part) for name, part in value.items()}
        shown[field.name] = value
    return shown


def compare(expected, actual):
    """What two states differ in, as sentences of table, number of the row and fields."""
    found = []
    for table, rows in expected.items():
        if len(rows) != len(actual[table]):
            found.append(f"{table}: {len(rows)} rows, copied {len(actual[table])}")
        for number, (ours, theirs) in enumerate(zip(rows, actual[table], strict=False)):
            wrong = {name: (ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]}
            found += [f"{table} {number}: {wrong}"] if wrong else []
    return found
