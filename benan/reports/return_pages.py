"""Reads for the pages of one return."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts.models import User
from benan.agencies import queries as agencies
from benan.core import counts
from benan.core.days import legal_day, show
from benan.core.figures import Question
from benan.core.refusals import Refused
from benan.indicators import reach, rebuilding
from benan.plan import periods as plan_periods
from benan.plan.models import Plan
from benan.plan.serving import cited_by
from benan.reports import filling, period_pages, policy, stepping, templates_kept
from benan.reports.content import Content, Difference, content
from benan.reports.forms import SeenForm
from benan.reports.models import CONSOLIDATED, GIVEN, Period, Return, ReturnStep

State, Kind = Return.State, ReturnStep.Kind
OTHERS = {
    "fill": gettext_lazy("Bước ấy là việc của người soạn báo cáo."),
    "decide": gettext_lazy("Bước ấy là việc của thủ trưởng đơn vị báo cáo."),
    "accept": gettext_lazy("Bước ấy là việc của cơ quan theo dõi kế hoạch."),
    "send_back": gettext_lazy("Bước ấy là việc của cơ quan theo dõi kế hoạch."),
    "arrive": gettext_lazy("Bước ấy là việc của cơ quan theo dõi kế hoạch."),
    "replace": gettext_lazy("Bước ấy là việc của người soạn báo cáo."),
    "paper": gettext_lazy("Bước ấy là việc của người soạn báo cáo."),
}  # who takes a step, by key of `acts`


def find(user: User, plan: Plan, period: str, agency: str, today: dt.date, number: int | None = None) -> Return | None:
    """The return of an address that a user may read: the newest of the agency, or the one of a number."""
    rows = policy.readable(user, plan, today).filter(period__key=period, consolidates=agency == CONSOLIDATED)
    if agency != CONSOLIDATED:
        rows = rows.filter(agency__key=agency)
    return rows.filter(number=number).first() if number else rows.order_by("-number").first()


def return_page(user: User, ret: Return, today: dt.date) -> dict[str, Any]:
    """A return: its figures, its text, what was done with it, and what may be done next by whom."""
    period, plan = ret.period, ret.period.plan
    found = content(ret)
    may = acts(user, ret, today)
    later = Return.objects.filter(replaces=ret).first()
    steps = list(ret.steps.select_related("by"))
    named = [(found.figure_name(row), row) for row in found.differences]
    return {
        "plan": plan,
        "period": period,
        "ret": ret,
        "said": found,
        "name": found.agency_name,
        "title": _("%(name)s: %(state)s")
        % {"name": _("Báo cáo tổng hợp") if ret.consolidates else found.agency_name, "state": State(ret.state).label},
        "clock": period_pages.clock_of(ret.due_on, today) if ret.state not in GIVEN else None,
        "late": period_pages.late_by(ret, today),
        "next_mover": period_pages.next_mover(ret, today),
        "marks": period_pages.marks(ret),
        "steps": steps,
        "seen": SeenForm(initial={"seen": stepping.last_step(ret)})["seen"],
        "remarks": _remarks(ret, steps),
        "links": links(user, ret, today),
        "may": may,
        "later": later if later and later.state in GIVEN else None,
        "being_replaced": later if later and later.state not in GIVEN else None,
        "being_rebuilt": not rebuilding.is_current(),
        "empty": empty(found),
        "given": found.given,
        "apart": _are_apart(found),
        "scans": [ret.scan] if ret.scan else [],
        "own_template": has_own_template(ret),
        "differences": [each for each in named if not _is_unreported(each[1])],
        "unreported": [each for each in named if _is_unreported(each[1])],
        "cited": cited_by(plan, "reports:periods"),
    }


def head_page(user: User, ret: Return, today: dt.date) -> dict[str, Any]:
    """The sheet with which a return is put before the head: what it is, by whom drafted, what it says, what is asked."""
    found = content(ret)
    steps = list(ret.steps.filter(kind=Kind.PUT_BEFORE_HEAD).select_related("by"))
    corrected = [(line.name, cell) for line in found.lines for cell in line.cells if cell.corrected]
    corrected += [(each.number, cell) for each in found.indicators for cell in each.cells if cell.corrected]
    return {
        "plan": ret.period.plan,
        "period": ret.period,
        "ret": ret,
        "said": found,
        "put": steps[-1] if steps else None,
        "seen": SeenForm(initial={"seen": stepping.last_step(ret)})["seen"],
        "title": _("Phiếu trình báo cáo %s") % ret.period.name,
        "empty": list(empty(found).values()),
        "corrected": corrected,
        "lines": [line for line in found.lines if line.whole.value is not None],
        "texts": [section for section in found.sections if section.words],
        "may": acts(user, ret, today),
        "cited": cited_by(ret.period.plan, "reports:periods"),
    }


def acts(user: User, ret: Return, today: dt.date) -> dict[str, bool]:
    """What a user may do with a return now."""
    plan = ret.period.plan
    manages, drafting = policy.manages(user, plan, today), drafts(user, ret, today)
    approves = policy.approves(user, ret.agency, today)
    given, newest = ret.state in GIVEN, not Return.objects.filter(replaces=ret).exists()
    taken = ret.state == State.SUBMITTED and not ret.consolidates
    return {
        "fill": drafting and ret.is_open,
        "put": drafting and ret.is_open,
        "decide": approves and ret.state == State.BEFORE_HEAD,
        "accept": manages and taken,
        "send_back": manages and taken,
        "replace": drafting and given and newest,
        "paper": drafting and given,
        "arrive": manages
        and given
        and not ret.consolidates
        and (ret.arrival is None or ret.arrival.cancelled_on is not None),
        "consolidate": manages and ret.consolidates and ret.is_open,
    }


def takes(user: User, ret: Return, act: str, today: dt.date) -> bool:
    """Whether a step (a key of `acts`) is a user's to take, if not now then when its time comes."""
    if act == "decide":
        return policy.approves(user, ret.agency, today)
    if act in ("fill", "put", "replace", "paper"):
        return drafts(user, ret, today)
    return policy.manages(user, ret.period.plan, today)


def why_not(user: User, ret: Return, act: str, today: dt.date) -> str:
    """Why somebody who reads a return does not take a step (a key of `acts`) now."""
    if not takes(user, ret, act, today):
        return str(OTHERS[act])
    if act == "replace" and ret.replaces:
        return _("Báo cáo thay thế đã lập: %s.") % State(ret.state).label
    return _("Báo cáo này %s nên không làm bước ấy lúc này.") % State(ret.state).label


def has_own_template(ret: Return) -> bool:
    """Whether the agency of a return has a template of its own for it, on the day of its paper."""
    form = str(ret.period.form.get("key", ""))
    return templates_kept.has(ret.period.plan, form, ret.agency, ret.paper_on or legal_day())


def drafts(user: User, ret: Return, today: dt.date) -> bool:
    """Whether a user drafts a return: that of their agency, or as who follows up the plan the consolidated one."""
    if ret.consolidates:
        return policy.manages(user, ret.period.plan, today)
    return policy.drafts(user, ret.agency, today)


def empty(found: Content) -> dict[str, str]:
    """The lines and indicators whose figures nobody has filled: name by key or number."""
    unfilled = [each for each in found.indicators if each.numerator is None or each.denominator is None]
    indicators = {each.number: f"{each.number}. {each.name}" for each in unfilled}
    return indicators | {line.key: line.name for line in found.lines if line.whole.value is None}


def links(user: User, ret: Return, today: dt.date) -> dict[str, str]:
    """Where the counted figures of a return lead, by line or indicator, if one may ask that: of the same days and area."""
    period, plan = ret.period, ret.period.plan
    area = filling.place_of(ret)
    if area is None:
        return {}
    asked = Question(ret.first, ret.last, min(ret.last, today), area)
    try:
        reach.require(user, asked, plan_periods.open_to_all(plan_periods.periods(plan, today)))
    except Refused:
        return {}
    query = urlencode({"tu": show(ret.first), "den": show(ret.last), "dia_ban": area, "don_vi": ""})
    pages = [("plan:indicator", each["number"], each["number"]) for each in period.indicators if not each["givers"]]
    pages += [("plan:count", line["key"], line["count"]) for line in period.lines if counts.count(line["count"])]
    return {key: f"{reverse(page, args=[plan.slug, of])}?{query}" for page, key, of in pages}


def consolidating(period: Period, today: dt.date) -> dict[str, Any]:
    """What stands before the act of consolidating: how many gave a return, and the names of those who did not."""
    rows = period.returns.filter(consolidates=False)
    given = set(rows.standing().values_list("agency", flat=True))
    missing = list(rows.newest().exclude(agency__in=given).values_list("agency", flat=True))
    names: Mapping[int, str] = agencies.names(missing, today)
    return {"given": len(given), "missing": [names.get(pk, "") for pk in missing]}


def _is_unreported(row: Difference) -> bool:
    """Whether what is counted now lies in a unit that gave no return."""
    return bool(row.unit) and row.returned is None


def _remarks(ret: Return, steps: list[ReturnStep]) -> ReturnStep | None:
    """What was last said to who has to go on with it."""
    wanted = {State.SENT_BACK: (Kind.SENT_BACK,), State.DRAFT: (Kind.GIVEN_BACK,), State.SUBMITTED: (Kind.INVITED,)}
    kinds = wanted.get(State(ret.state), ())
    return next((step for step in reversed(steps) if step.kind in kinds and step.words), None)


def _are_apart(found: Content) -> bool:
    """Whether the period before is another than the same period of the year before: of a year it is the same."""
    cells = [cell for line in found.lines for cell in line.cells]
    cells += [cell for each in found.indicators for cell in each.cells]
    return any(cell.previous != cell.year_before for cell in cells)
