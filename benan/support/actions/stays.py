"""Arrival where somebody was referred, the papers of an emergency admission, and the end of a stay."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import TeamMember, User
from benan.accounts.roles import P
from benan.agencies.kinds import AgencyKind
from benan.cases import invariants, steps
from benan.cases.models import Case, Step
from benan.cases.steps import Change, Paper
from benan.core.days import show
from benan.core.refusals import Refused
from benan.support import queries
from benan.support.actions.referrals import take_part
from benan.support.models import Referral
from benan.support.vocabulary import stay_grounds

Part = TeamMember.Part


@transaction.atomic
def arrive(*, by: User, referral: Referral, on: dt.date, grounds: str = "", seen: int | None = None) -> Referral:
    """Record that the person arrived where they were referred: into the shelter, or at the place of residence.

    `grounds` for a stay: "care" (needs care and wishes to stay) or "child" (a child without support), Luật
    66/2011, Điều 24 khoản 3; in an emergency also "urgent". In an emergency a safe place comes before every answer and
    every decision (Nghị định 62/2012, Điều 10 khoản 5): who is there has been taken in. A district of residence takes over
    the case; one outside the province cannot, so the sender keeps it until it is closed as transferred.
    """
    policy.require(by, P.SUPPORT_RECORD, referral.case)
    with steps.change(referral.case, by=by, seen=seen) as change:
        urgent = referral.emergency and referral.accepted is None
        _check_arrival(referral, on, urgent)
        if urgent:
            referral.accepted, referral.answered_on, referral.answered_by = True, on, by
            referral.save(update_fields=["accepted", "answered_on", "answered_by"])
            take_part(change, referral, on)
        if referral.kind == Referral.Kind.SHELTER:
            _enter_shelter(change, referral, on, grounds)
        else:
            change.note("arrived", on=on, permission=P.SUPPORT_RECORD)
        referral.arrived_on = on
        referral.save(update_fields=["arrived_on"])
        if referral.kind == Referral.Kind.RESIDENCE and referral.receiver.kind != AgencyKind.OUTSIDE:
            change.entrust(referral.receiver, on)
    return referral


@transaction.atomic
def record_minutes(
    *, by: User, case: Case, on: dt.date, paper_no: str, words: str = "", seen: int | None = None
) -> Step:
    """Record the minutes of an emergency admission, made at once (Nghị định 20/2021, Điều 28 khoản 2 điểm a, bước 1)."""
    return _admission(by, case, "admission_minuted", "admission_minutes", on, words, seen, Paper(paper_no, on))


@transaction.atomic
def complete_admission(*, by: User, case: Case, on: dt.date, words: str = "", seen: int | None = None) -> Step:
    """Record that the papers of an emergency admission are complete (Điều 27 khoản 3, Điều 28 khoản 2 điểm b)."""
    return _admission(by, case, "admission_completed", "admission_file", on, words, seen)


def leave_shelter(*, by: User, case: Case, on: dt.date, words: str = "", seen: int | None = None) -> Step:
    """Record that the person left the shelter."""
    with steps.change(case, by=by, seen=seen) as change:
        step = change.take("leave_shelter", on=on, words=words)
        change.leave_team(Part.SHELTERS, on)
        return step


def _check_arrival(referral: Referral, on: dt.date, urgent: bool) -> None:
    if not (referral.accepted or urgent) or referral.arrived_on:
        raise Refused(_("Chỉ ghi đã đến nơi một lần, sau khi nơi nhận đã đồng ý tiếp nhận."))
    if urgent and on < referral.sent_on:
        raise Refused(_("Ngày đến nơi trước ngày chuyển (%(then)s).") % {"then": show(referral.sent_on)}, field="on")
    if not urgent and referral.answered_on and on < referral.answered_on:
        raise Refused(
            _("Ngày đến nơi trước ngày đồng ý tiếp nhận (%(then)s).") % {"then": show(referral.answered_on)}, field="on"
        )


def _enter_shelter(change: Change, referral: Referral, on: dt.date, grounds: str) -> None:
    invariants.check_day(change.case, on)
    first = change.fits("enter_shelter_first")
    change.take(
        "enter_shelter_first" if first else "enter_shelter", on=on,
        details={"grounds": grounds, "emergency": referral.emergency},
        said={"stay_grounds": grounds in {entry.key for entry in stay_grounds(referral, on)}},
    )  # fmt: skip


def _admission(
    by: User, case: Case, key: str, limit: str, on: dt.date, words: str, seen: int | None, paper: Paper | None = None
) -> Step:
    with steps.change(case, by=by, seen=seen) as change:
        if not queries.admission_paper_is_owed(limit, change.case):
            raise Refused(_("Không có lần tiếp nhận khẩn cấp nào đang chờ giấy tờ này."))
        return change.take(key, on=on, words=words, paper=paper)
