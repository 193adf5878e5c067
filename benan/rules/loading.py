"""From the data files and the holidays library to rows. Loading twice changes nothing; corrections stay."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import holidays
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from benan.core.days import show
from benan.rules import procedures, vocabularies
from benan.rules.limits import LimitTable
from benan.rules.models import Certainty, Entitlement, Instrument, OfficialDay, TimeLimit
from benan.rules.reading import Entry, published
from benan.rules.refusals import NotInForce


@transaction.atomic
def load() -> str:
    """Bring instruments, time limits, official days and entitlements to what the files say; returns one sentence.

    Official days that an officer corrected are left alone. Raises `Unreadable` where a file cannot be understood,
    `NotInForce` where a procedure would stand a day without the value of one of its limits.
    """
    values = limits()
    check_coverage(LimitTable(values))
    check_stage_maps()
    vocabularies.lists()
    Instrument.objects.bulk_create(
        instruments(),
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["short", "title", "issued", "in_force", "source"],
    )
    known = {instrument.key: instrument for instrument in Instrument.objects.all()}
    for value in values:
        value.instrument = known[value.instrument.key]
    _replace(TimeLimit.objects.all(), values)
    _replace(Entitlement.objects.all(), entitlements())
    corrected = set(OfficialDay.objects.exclude(corrected_by=None).values_list("day", flat=True))
    _replace(OfficialDay.objects.filter(corrected_by=None), [d for d in official_days() if d.day not in corrected])
    counts = [table.objects.count() for table in (Instrument, TimeLimit, OfficialDay, Entitlement)]
    return _("Luật: {} văn bản, {} thời hạn, {} ngày nghỉ và làm bù, {} quy định về đối tượng được hỗ trợ.").format(
        *counts
    )


def answers_change() -> bool:
    """Whether loading would change what the law answers to a need."""
    return _differ(Entitlement.objects.all(), entitlements())


def _differ(rows: QuerySet[Any], wanted: Iterable[Any]) -> bool:
    names = [field.attname for field in rows.model._meta.concrete_fields if not field.primary_key]

    def said(row: Any) -> list[str]:
        return [str(getattr(row, name)) for name in names]

    return sorted(map(said, rows)) != sorted(map(said, wanted))


def _replace(rows: QuerySet[Any], wanted: list[Any]) -> None:
    """Leave rows that already say what is wanted; else put the wanted ones in their place."""
    if _differ(rows, wanted):
        rows.delete()
        rows.model.objects.bulk_create(wanted)


def check_stage_maps() -> None:
    """Raise `NotInForce` if a version takes over cases of an earlier one and does not say where each stage goes on."""
    known = procedures.by_version(procedures.versions())
    for version in procedures.versions():
        for first_day, mapped in version.takes_over.items():
            earlier = known.get((version.key, first_day))
            if earlier is None:
                sentence = _(
                    "Thủ tục «%(label)s» tiếp nhận hồ sơ từ phiên bản ngày %(day)s, nhưng không có phiên bản ấy."
                )
                raise NotInForce(sentence % {"label": version.label, "day": show(first_day)})
            for kind, track in earlier.tracks.items():
                if missing := [stage for stage in track.stages if stage not in mapped.get(kind, {})]:
                    sentence = _(
                        "Thủ tục «%(label)s» chưa ghi «%(track)s» ở «%(stage)s» được tiếp tục từ giai đoạn nào."
                    )
                    words = {"label": version.label, "track": track.label, "stage": track.stages[missing[0]].label}
                    raise NotInForce(sentence % words)


def check_coverage(table: LimitTable) -> None:
    """Raise `NotInForce` if a procedure names a limit that has no value on a day of the procedure."""
    for version in procedures.versions():
        for duty in version.duties:
            gap = table.first_gap(duty.limit, version.in_force, later=duty.later)
            if gap:
                sentence = _("Thủ tục «%(procedure)s» cần thời hạn «%(limit)s», nhưng ngày %(day)s chưa có giá trị.")
                words = {"procedure": version.label, "limit": duty.limit, "day": show(gap)}
                raise NotInForce(sentence % words)


def instruments() -> list[Instrument]:
    """The instruments of `limits.yaml`, not saved."""
    return [
        Instrument(
            key=row["key"].text(),
            short=row["short"].text(),
            title=row["title"].text(),
            issued=row["issued"].day(),
            in_force=row["in_force"].period(),
            source=row["source"].text(),
        )
        for row in (
            entry.fields("key", "short", "title", "issued", "in_force", "source")
            for entry in published("limits.yaml").mapping()["instruments"].entries()
        )
    ]


def limits() -> list[TimeLimit]:
    """The values of `limits.yaml`, not saved."""
    known = {instrument.key: instrument for instrument in instruments()}
    return [_limit(entry, known) for entry in published("limits.yaml").mapping()["limits"].entries()]


def _limit(entry: Entry, known: Mapping[str, Instrument]) -> TimeLimit:
    row = entry.fields(
        "key", "n", "unit", "starts", "instrument", "article", "certainty", "in_force",
        optional=("direction", "rolls", "first_day", "also", "note"),
    )  # fmt: skip
    return TimeLimit(
        key=row["key"].text(),
        n=row["n"].number(),
        unit=row["unit"].one_of(TimeLimit.Unit.values, _("đơn vị")),
        direction=row["direction"].one_of(TimeLimit.Direction.values, _("chiều")) if "direction" in row else "after",
        rolls="rolls" not in row or row["rolls"].truth(),
        first_day="first_day" in row and row["first_day"].truth(),
        starts=row["starts"].text(),
        instrument=known[row["instrument"].one_of(known, _("văn bản"))],
        article=row["article"].text(),
        also=row["also"].text() if "also" in row else "",
        certainty=row["certainty"].one_of(Certainty.values, _("mức chắc chắn")),
        note=row["note"].text() if "note" in row else "",
        in_force=row["in_force"].period(),
    )


def official_days() -> list[OfficialDay]:
    """The official days of the supported years, not saved: the library's, then what `official_days.yaml` adds."""
    top = published("official_days.yaml").fields("years", "announced_through", "source", "days")
    span = top["years"].fields("from", "to")
    years = range(span["from"].amount(), span["to"].amount() + 1)
    known = holidays.country_holidays("VN", years=years, language="vi")
    announced, source = top["announced_through"].amount(), top["source"].text()
    found: dict[dt.date, tuple[str, str, str]] = {
        day: (OfficialDay.Kind.OFF, name, source) for day, name in known.items() if day.year in years
    }
    for day in known.weekend_workdays:
        if day.year in years:
            found[day] = (OfficialDay.Kind.WORKING, _("Làm bù ngày nghỉ hoán đổi"), source)
    for entry in top["days"].entries():
        row = entry.fields("day", "kind", "name", "source")
        kind = row["kind"].one_of(OfficialDay.Kind.values, _("loại ngày"))
        found[row["day"].day()] = (kind, row["name"].text(), row["source"].text())
    return [
        OfficialDay(day=day, kind=kind, name=name, source=ground, provisional=day.year > announced)
        for day, (kind, name, ground) in sorted(found.items())
    ]


def entitlements() -> list[Entitlement]:
    """The answers of `entitlements.yaml`, one row for each combination, not saved."""
    top = published("entitlements.yaml").fields("facts", "in_force", "rows", "grounds", "considered", "floors")
    facts = top["facts"].mapping()
    return [row for entry in top["rows"].entries() for row in _entitlements(entry, facts, top["in_force"])]


def _entitlements(entry: Entry, facts: Mapping[str, Entry], in_force: Entry) -> Iterator[Entitlement]:
    row = entry.fields(
        "person",
        "status",
        "nationality",
        "need",
        "answer",
        "citation",
        "why",
        optional=("all_of", "any_of", "none_of", "in_force"),
    )
    words = {
        "answer": row["answer"].one_of(Entitlement.Answer.values, _("câu trả lời")),
        **{name: list(row[name].each_of(facts, _("điều"))) for name in ("all_of", "any_of", "none_of") if name in row},
        "citation": row["citation"].text(),
        "why": row["why"].text(),
        "in_force": row.get("in_force", in_force).period(),
    }
    combinations = itertools.product(
        row["person"].each_of(Entitlement.Person.values, _("loại người")),
        row["status"].each_of(Entitlement.Status.values, _("tình trạng")),
        row["nationality"].each_of(Entitlement.Nationality.values, _("quốc tịch")),
        row["need"].each_of(Entitlement.Need.values, _("nhu cầu")),
    )
    for person, status, nationality, need in combinations:
        yield Entitlement(person=person, status=status, nationality=nationality, need=need, **words)
