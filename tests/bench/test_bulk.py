"""A copy made in bulk is what the verbs would have written there and then."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.db import models

from benan.audit.verify import verify
from benan.cases.models import Case, Deadline, Step
from benan.shell.demo import cast, lives, player
from benan.shell.demo.cast import Officers
from benan.vault import access
from benan.vault.models import Token
from benan.vault.tracing import ComparedIdentity
from bench import bulk, names

DRAWN = {"code", "alias", "wrapped_key"}
BIEN_HOA, TRANG_BOM = ("731", "26017"), ("737", "26263")
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
def province(demo, on_day):
    """The cast of the demo on a legal day when all of these lives may have come to their end."""
    on_day("31/12/2021")
    cast.appoint()
    return {life.key: life for life in lives.read()}


def test_a_copy_is_what_the_verbs_would_have_written(province):
    differences = {}
    for key, (later, (district, commune)) in LIVES.items():
        life = province[key]
        list(player.play([life, moved(life, later, district, commune)]))
        mould, by_verbs = bulk.moulds()[-2:]
        (copied,) = bulk.write([bulk.Copy(mould, later, district, commune)])
        differences[key] = compare(state([case.pk for case in by_verbs.rows[Case]]), state(copied))
    assert differences == {key: [] for key in LIVES}


def test_copies_are_other_people_who_can_be_found_by_name(province):
    list(player.play([province["bhoa-suoi"]]))
    (mould,) = bulk.moulds()
    pks = bulk.write(bulk.Copy(mould, later, *TRANG_BOM, number=later) for later in range(1, 4))
    asked = ComparedIdentity(names=(names.name(2),))
    found = {match.person_id for match in access.match(facts=asked)}
    (second,) = Case.objects.unscoped(reason="tests").filter(pk__in=pks[1])
    assert second.person_id in found


def test_the_trail_holds_one_sound_row_for_each_copied_case(province):
    list(player.play([province["bhoa-sao-mai"]]))
    (mould,) = bulk.moulds()
    before = verify().rows
    bulk.write([bulk.Copy(mould, 1, *BIEN_HOA), bulk.Copy(mould, 2, *TRANG_BOM)])
    # Nothing is committed here, so there is no file of heads, which is all that is wrong.
    wrong = [sentence for sentence in verify().wrong if not sentence.startswith("Không có tệp niêm")]
    assert (wrong, verify().rows) == ([], before + 4)


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
    (mould,) = bulk.moulds(pk__in=pks)
    cases = mould.rows[Case]
    rows = mould.rows | {
        Deadline: list(Deadline.objects.filter(case__in=pks).order_by("case", "pk")),
        Token: list(Token.objects.filter(person__in=[case.person_id for case in cases])),
    }
    place = {(table, row.pk): number for table in rows for number, row in enumerate(rows[table])}
    codes = {case.code: number for number, case in enumerate(cases)}
    found = {
        table.__name__: [plain(row, place, codes, mould.words.get((table, row.pk), {})) for row in rows[table]]
        for table in rows
    }
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
            value = words.get(field.name) if field.name != "value" or not isinstance(row, Token) else bytes(value)
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
