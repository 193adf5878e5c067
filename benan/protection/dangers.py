"""Since when somebody is in danger, and which offices are told: kept up to date after every change of a case.

A measure answers the request for protection (Nghị định 62/2012, Điều 10 khoản 2) and meets its deadline, not the danger: that
stands until an office that decides says it is over, declines in writing or ends the measures, or the person refuses.
"""

import datetime as dt

from benan.audit import trail
from benan.cases.events import CaseEvent
from benan.cases.models import Case
from benan.core.days import legal_day
from benan.protection import offices
from benan.protection.models import DangerNotice
from benan.rules import procedures

PROTECTION = "protection"  # the track
OVER = "danger_over"


def undecided() -> tuple[str, ...]:
    """The stages at which somebody is in danger and an office has yet to decide."""
    return procedures.stages_marked(PROTECTION, "undecided")


def under_measures() -> tuple[str, ...]:
    """The stages at which an office has decided on a measure: whether danger is over is answered by the act OVER."""
    return procedures.stages_marked(PROTECTION, "under_measures")


def keep_up_to_date(case: Case) -> None:
    """Bring the case's own mark of danger and the notices to other offices to what its history says."""
    _mark(case)
    _tell(case)


def _mark(case: Case) -> None:
    track = case.tracks.filter(kind=PROTECTION).first() if case.is_open else None
    since = track.since if track and track.stage in undecided() else None
    if track and track.stage in under_measures():
        since = _found_before_measures(case)
    if case.danger_since != since:
        case.danger_since = since
        case.save(update_fields=["danger_since"])


def _found_before_measures(case: Case) -> dt.date | None:
    """The day on which the danger was found for which measures are in force; None where it is over.

    A corrected line stands where the line stood that it replaced.
    """
    place: dict[int, int] = {}
    last: tuple[int, dt.date | None] = (0, None)
    rows = list(case.steps.filter(track=PROTECTION).order_by("pk").values("pk", "key", "stage", "on", "corrects"))
    replaced = {row["corrects"] for row in rows}
    for row in rows:
        place[row["pk"]] = place.get(row["corrects"] or 0, row["pk"])
        says = row["key"] == OVER or row["stage"] not in ("", *under_measures())
        if says and row["pk"] not in replaced and place[row["pk"]] > last[0]:
            last = place[row["pk"]], row["on"] if row["stage"] in undecided() else None
    return last[1]


def _tell(case: Case) -> None:
    """Tell the offices that may decide and are not on the team, while danger stands; once it does not, how it ended."""
    standing = DangerNotice.objects.of(case).filter(ended_on=None)
    if case.in_danger_since is None:
        if standing.exists():
            standing.update(ended_on=legal_day(), outcome=_outcome(case))
        return
    on_team = set(case.team.members.filter(until=None).values_list("agency_id", flat=True))
    wanted = {told.pk: office for office, told in offices.told_of_danger(case, offices.kept_from(case)) if told}
    wanted = {pk: office for pk, office in wanted.items() if pk not in on_team}
    standing.exclude(agency__in=wanted).update(ended_on=legal_day())
    known = set(standing.values_list("agency_id", flat=True))
    reporter = case.steps.filter(track=PROTECTION, stage__in=undecided()).order_by("-pk").first()
    by = reporter.by if reporter else None
    for pk, office in wanted.items():
        if pk not in known:
            instead_of = office if office.pk != pk else None
            DangerNotice.objects.create(case=case, agency_id=pk, told_by=by, instead_of=instead_of)
            trail.record(by=by, event=CaseEvent.STEP_RECORDED, on=case, data={"step": "danger_told", "agency": pk})


def _outcome(case: Case) -> str:
    if not case.is_open:
        return DangerNotice.Outcome.CLOSED
    stage = case.tracks.values_list("stage", flat=True).get(kind=PROTECTION)
    return stage if stage in DangerNotice.Outcome.values else DangerNotice.Outcome.OVER
