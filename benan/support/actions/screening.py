"""Asking somebody about danger and needs together: at once, and in an assessment."""

import datetime as dt
from collections.abc import Collection
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.cases import history, steps
from benan.cases.actions import receptions
from benan.cases.models import Case
from benan.cases.steps import Change
from benan.core.refusals import Refused, refuse_unknown
from benan.needs.actions.needs import add_needs, end_standing
from benan.needs.kinds import ADVICE, GROUPS, INITIAL, KINDS
from benan.needs.models import Assessment, Need
from benan.protection.actions.danger import keep_office_away, record_danger

Phase = Need.Phase


def screen(
    *, by: User, case: Case, on: dt.date, danger: str, needs: Collection[str] | None, danger_from: Agency | None = None,
    at: dt.time | None = None, words: str = "", seen: int | None = None,
) -> list[Need]:  # fmt: skip
    """Ask about danger and needs now. `danger`: "yes", "no" or "unknown"; `needs`: keys of INITIAL, none = không cần.

    `needs` None: needs could not be asked about, and are still to be asked. Danger makes safety a need from this day;
    not knowing leaves the question open. May be asked again; a need that stands stays one. `danger_from` is the agency
    where whoever is the danger works. Luật 66/2011, Điều 24 khoản 1; Nghị định 62/2012, Điều 10.
    """
    with steps.change(case, by=by, seen=seen) as change:
        rows = []
        if needs is None:
            change.note("safety_asked", on=on, at=at, permission=P.SUPPORT_RECORD, words=words)
            record_danger(change, on=on, danger=danger)
        else:
            refuse_unknown(needs, INITIAL, field="needs")
            _record_screening(change, on, at, words, {"needs": list(needs)})
            record_danger(change, on=on, danger=danger)
            rows = add_needs(change, on=on, kinds=needs, phase=Phase.INITIAL)
        keep_office_away(change, on=on, danger=danger, agency=danger_from)
        return rows


def assess(
    *, by: User, case: Case, on: dt.date, needs: Collection[str], groups: Collection[str], safety_asked: bool,
    advice_asked: bool, not_needed: Collection[str] = (), danger: str | None = None, danger_from: Agency | None = None,
    words: str = "", seen: int | None = None, **facts: Any,
) -> Assessment:  # fmt: skip
    """Assess needs with the person. `groups`: keys of GROUPS gone through, whatever was found in them.

    `not_needed`: needs that the person was asked about and does not have; one that stands ends as no longer there.
    `danger` ("yes"/"no"/"unknown") belongs to `safety_asked`, `danger_from` as in `screen`; `facts` are those that came up,
    such as `poor_household`. May be repeated. Thông tư 35/2013, Điều 12, 20.
    """
    replaces = ("facts", "correct_fact") if facts else ()
    with steps.change(case, by=by, seen=seen, replaces=replaces) as change:
        if facts:
            receptions.change_facts(change, permission=P.NEED_ASSESS, **facts)
        refuse_unknown(groups, GROUPS, field="groups")
        refuse_unknown(needs, KINDS, field="needs")
        _check_groups(needs, groups)
        if change.fits("assess_needs"):
            step = change.take("assess_needs", on=on, words=words)
        else:
            step = change.note("assess_again", on=on, permission=P.NEED_ASSESS, words=words)
        assessment = Assessment.objects.create(
            case=change.case, on=on, by=by, agency=cast(Agency, step.agency), groups=sorted(groups), safety_asked=safety_asked,
            advice_asked=advice_asked or any(kind in ADVICE for kind in needs),
        )  # fmt: skip
        if safety_asked and danger:
            record_danger(change, on=on, danger=danger)
        end_standing(change, kinds=not_needed, on=on)
        add_needs(change, on=on, kinds=needs, phase=Phase.ASSESSED)
        keep_office_away(change, on=on, danger=danger, agency=danger_from)
        return assessment


def _record_screening(change: Change, on: dt.date, at: dt.time | None, words: str, details: dict[str, Any]) -> None:
    case = change.case
    if change.fits("screen_needs"):
        change.take("screen_needs", on=on, at=at, words=words, details=details)
        return
    # Who was taken to a shelter at once was never asked: this is the first time.
    asked = history.current(case).filter(event="needs_screened").exists()
    change.note("screen_again", on=on, at=at, permission=P.SUPPORT_RECORD, words=words, details=details,
                event="" if asked else "needs_screened")  # fmt: skip


def _check_groups(needs: Collection[str], groups: Collection[str]) -> None:
    for kind in needs:
        if KINDS[kind].group and KINDS[kind].group not in groups:
            raise Refused(
                _("“%(need)s” được ghi là cần, nhưng nhóm “%(group)s” chưa ghi là đã hỏi.")
                % {"need": KINDS[kind].label, "group": GROUPS[KINDS[kind].group]},
                field="groups",
            )
