"""Parts of verbs of `actions`: making the cells and the text of returns, and bringing them up to date."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from benan.core.figures import Period as Days
from benan.reports import counted, proposing, spans
from benan.reports.counted import Counted, Key
from benan.reports.models import Cell, Narrative, Period, Return

Place = str | None  # the code of a place, counted.PROVINCE, or None for an agency without a place of its own


@dataclass(frozen=True)
class Compared:
    """What is counted for the returns of some days, and with what it is compared: counted, or as earlier returns say it."""

    now: Counted
    previous: Counted
    year_before: Counted
    said_previous: Mapping[int, Mapping[Key, int | None]]
    said_year_before: Mapping[int, Mapping[Key, int | None]]

    def cells(self, period: Period, ret: Return, place: Place) -> list[Cell]:
        """The cells of a return, with what was counted as its value."""
        agency = None if ret.consolidates else ret.agency
        now, previous, year_before = (each.of(place) for each in (self.now, self.previous, self.year_before))
        said, said_year_before = self.said_previous.get(ret.agency_id, {}), self.said_year_before.get(ret.agency_id, {})
        found = []
        for order, slot in enumerate(counted.slots(period, agency, has_place=place is not None)):
            key = (slot.line, slot.part)
            found.append(
                Cell(
                    ret=ret, order=order, line=slot.line, part=slot.part, words=slot.words,
                    counted=now.get(key), value=now.get(key),
                    previous=said[key] if key in said else previous.get(key),
                    year_before=said_year_before[key] if key in said_year_before else year_before.get(key),
                )
            )  # fmt: skip
        return found


def compared(period: Period, days: Days, *, consolidated: bool = False) -> Compared:
    """Count for some days of a period and for those with which they are compared, in a fixed number of statements.

    Nothing is counted for days before the plan began, of which the program may know nothing.
    """
    begins = period.plan.period.lower
    earlier = Period.objects.filter(plan=period.plan_id, kind=period.kind)
    before = earlier.filter(last__lt=period.first).order_by("-last").first()
    year_before_days = spans.year_before(days)
    last_year = earlier.filter(
        year=period.year - 1, last=spans.year_before(Days(period.first, period.last)).last
    ).first()
    previous_days = spans.before(days)
    now = counted.count(period, days.first, days.last)
    earlier_days = {
        each for each in (previous_days, year_before_days) if each.first >= begins
    }  # of a year they are the same
    of_days = {each: counted.count(period, each.first, each.last) for each in earlier_days}
    previous, year_before = (
        of_days.get(each, Counted(each.first, each.last)) for each in (previous_days, year_before_days)
    )
    return Compared(now, previous, year_before, _said(before, consolidated), _said(last_year, consolidated))


def fresh_cells(ret: Return) -> list[Cell]:
    """The cells of a stored return as they would be counted now, not stored."""
    return compared(ret.period, Days(ret.first, ret.last)).cells(ret.period, ret, place_of(ret))


def counted_now(ret: Return) -> Mapping[Key, int]:
    """What is counted now for the days and the place of a return."""
    place = place_of(ret)
    return {} if place is None else counted.count(ret.period, ret.first, ret.last).of(place)


def place_of(ret: Return) -> Place:
    """The place that is counted for a return: a code, counted.PROVINCE, None for an agency without one."""
    if ret.consolidates:
        return counted.PROVINCE
    givers = [row.agency for row in ret.period.returns.filter(consolidates=False).select_related("agency")]
    return counted.places_of(givers).get(ret.agency_id)


def _said(period: Period | None, consolidated: bool) -> dict[int, dict[Key, int | None]]:
    """What the given returns of an earlier period say, by agency (id)."""
    found: dict[int, dict[Key, int | None]] = defaultdict(dict)
    if period:
        standing = Return.objects.filter(period=period, consolidates=consolidated).standing()
        rows = Cell.objects.filter(ret__in=standing)
        for agency, line, part, value in rows.values_list("ret__agency", "line", "part", "value"):
            found[agency][line, part] = value
    return found


def narratives(period: Period, cells: Mapping[int, Sequence[Cell]], returns: Iterable[Return]) -> list[Narrative]:
    """The text of returns, not stored: what is proposed is what it says at first. `cells` by id of the return."""
    rows = list(returns)
    progress = proposing.progress_of(period, rows)
    found = []
    for ret in rows:
        proposed = proposing.sentences(period, cells[ret.pk], progress.get(ret.agency_id, ()))
        found += [
            Narrative(ret=ret, section=section, words=words, proposed=words) for section, words in proposed.items()
        ]
    return found


def propose(ret: Return, proposed: Mapping[str, str]) -> None:
    """Bring the proposed sentences of a return up to date; words that nobody has changed follow them."""
    rows = list(ret.narratives.all())
    for row in rows:
        sentences = proposed.get(row.section, "")
        if row.words == row.proposed:
            row.words = sentences
        row.proposed = sentences
    Narrative.objects.bulk_update(rows, ["words", "proposed"])


def propose_again(ret: Return) -> None:
    """Propose from what the return says now."""
    progress = proposing.progress_of(ret.period, [ret]).get(ret.agency_id, [])
    propose(ret, proposing.sentences(ret.period, ret.cells.all(), progress))


def update(cells: list[Cell], fresh: list[Cell]) -> None:
    """Bring stored cells up to what was counted; a corrected value stays with its reason until it is what is counted."""
    found = {(cell.line, cell.part): cell for cell in fresh}
    for cell in cells:
        new = found.get((cell.line, cell.part))
        if new is None:
            continue
        if cell.value is None or not (cell.counted is None or cell.corrected):
            cell.value = new.counted
        elif cell.counted is None and cell.value != new.counted:
            cell.reason = cell.reason or _("Số đơn vị ghi trước khi chương trình đếm được.")
        cell.counted, cell.previous, cell.year_before = new.counted, new.previous, new.year_before
        cell.reason = cell.reason if cell.corrected else ""
    Cell.objects.bulk_update(cells, ["value", "counted", "previous", "year_before", "reason"], batch_size=500)


def said(ret: Return) -> dict[str, Any]:
    """What a return says, as the step of its submission keeps it."""
    cells = {f"{cell.line}|{cell.part}": [cell.counted, cell.value, cell.reason] for cell in ret.cells.all()}
    return {"cells": cells, "text": dict(ret.narratives.values_list("section", "words"))}
