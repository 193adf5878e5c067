"""What officers change in this app: an official day that the table has wrong."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.audit import trail
from benan.core import reference
from benan.core.days import clock, show
from benan.core.refusals import Refused
from benan.core.text import clean
from benan.rules.calendar import DayTable
from benan.rules.events import RulesEvent
from benan.rules.models import OfficialDay
from benan.rules.refusals import OutsideCalendar


@transaction.atomic
def correct_day(*, by: User, day: dt.date, kind: str, name: str, source: str) -> OfficialDay:
    """Say what a day is where a notice differs from the table; `source` is the notice's number and date.

    The old value stays in the trail, and dates already reckoned keep the version of the table they used. Loading
    never overwrites a correction. Raises PermissionDenied (403) and `Refused`.
    """
    policy.require_right(by, P.CALENDAR_CORRECT)
    name, source = clean(name), clean(source)
    if kind not in OfficialDay.Kind.values:
        raise Refused(_("Chọn ngày nghỉ hoặc ngày làm việc."), field="kind")
    if not name:
        raise Refused(_("Cần ghi tên của ngày này, như «Nghỉ hoán đổi»."), field="name")
    if not source:
        raise Refused(_("Cần ghi căn cứ: số và ngày của thông báo, hoặc điều luật."), field="source")
    try:
        before = DayTable.load().describe(day)
    except OutsideCalendar as refusal:
        raise Refused(refusal.message, field="day") from None
    row, _made = OfficialDay.objects.update_or_create(
        day=day,
        defaults={
            "kind": kind,
            "name": name,
            "source": source,
            "provisional": False,
            "corrected_by": by,
            "corrected_at": clock(),
        },
    )
    reference.written()
    trail.record(
        by=by, event=RulesEvent.DAY_CORRECTED, on=show(day), data={"before": before, "kind": kind, "source": source}
    )
    return row
