"""From the data files and the holidays library to rows. Loading twice changes nothing; corrections stay."""

import itertools

import holidays
from django.db import transaction
from django.utils.translation import gettext as _

from benan.core.days import show
from benan.rules import procedures
from benan.rules.limits import LimitTable
from benan.rules.models import Certainty, Entitlement, Instrument, OfficialDay, TimeLimit
from benan.rules.reading import published
from benan.rules.refusals import NotInForce


@transaction.atomic
def load() -> str:
    """Bring instruments, time limits, official days and entitlements to what the files say; returns one sentence.

    Official days that an officer corrected are left alone. Raises `Unreadable` where a file cannot be understood,
    `NotInForce` where a procedure would stand a day without the value of one of its limits.
    """
    values = limits()
    check_coverage(LimitTable(values))
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
    return _("Luật: {} văn bản, {} thời hạn, {} ngày nghỉ và làm bù, {} câu trả lời về quyền được hỗ trợ.").format(
        *counts
    )


def answers_change() -> bool:
    """Whether loading would change what the law answers to a need."""
    return _differ(Entitlement.objects.all(), entitlements())


def _differ(rows, wanted):
    names = [field.attname for field in rows.model._meta.concrete_fields if not field.primary_key]

    def said(row):
        return [str(getattr(row, name)) for name in names]

    return sorted(map(said, rows)) != sorted(map(said, wanted))


def _replace(rows, wanted):
    """Leave rows that already say what is wanted; else put the wanted ones in their place."""
    if _differ(rows, wanted):
        rows.delete()
        rows.model.objects.bulk_create(wanted)


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


def _limit(entry, known):
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
    years = range(span["from"].number(), span["to"].number() + 1)
    known = holidays.country_holidays("VN", years=years, language="vi")
    announced, source = top["announced_through"].number(), top["source"].text()
    found = {day: (OfficialDay.Kind.OFF, name, source) for day, name in known.items() if day.year in years}
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
    top = published("entitlements.yaml").fields("facts", "in_force", "rows", "grounds", "floors")
    facts = top["facts"].mapping()
    return [row for entry in top["rows"].entries() for row in _entitlements(entry, facts, top["in_force"])]


def _entitlements(entry, facts, in_force):
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
