"""Changes to duty numbers."""

import re

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.models import DutyNumber
from benan.accounts.roles import P
from benan.audit import trail
from benan.audit.events import Event
from benan.core.days import show
from benan.core.refusals import Refused
from benan.core.text import clean, plain

_TELEPHONE = re.compile(r"\+?[0-9 .()-]+")
FEWEST_DIGITS = 3  # 111, 113


@transaction.atomic
def add_number(*, by, desk, area_code, label, phone, from_hour, to_hour, since, until=None) -> DutyNumber:
    """List a telephone that answers for an area of the province, from a legal day on."""
    policy.require_right(by, P.NUMBER_CHANGE)
    if not area_code:
        raise Refused(_("Chọn địa bàn. Số toàn quốc đi theo chương trình."), field="area_code")
    if until and until < since:
        raise Refused(_("Ngày cuối phải từ ngày đầu trở đi."), field="until")
    number = DutyNumber.objects.create(
        desk=desk, area_code=area_code, label=clean(label), phone=_dialled(phone), from_hour=from_hour, to_hour=to_hour,
        in_force=DateRange(since, until, "[]"),
    )  # fmt: skip
    hours = [f"{hour:%H:%M}" for hour in (from_hour, to_hour)]
    data = {"added": area_code, "desk": desk, "phone": number.tel, "hours": hours}
    trail.record(by=by, event=Event.NUMBER_CHANGED, on=f"number:{number.pk}", data=data)
    return number


@transaction.atomic
def end_number(*, by, number, until) -> None:
    """Say that a listed telephone no longer answers after a legal day."""
    policy.require_right(by, P.NUMBER_CHANGE)
    number = DutyNumber.objects.select_for_update().get(pk=number.pk)
    if not number.area_code:
        raise Refused(_("Số toàn quốc đi theo chương trình, không sửa ở đây."))
    if until < number.in_force.lower:
        raise Refused(
            _("Ngày cuối phải từ ngày đầu (%(on)s) trở đi.") % {"on": show(number.in_force.lower)}, field="until"
        )
    number.in_force = DateRange(number.in_force.lower, until, "[]")
    number.save(update_fields=["in_force"])
    data = {"until": until.isoformat(), "phone": number.tel}
    trail.record(by=by, event=Event.NUMBER_CHANGED, on=f"number:{number.pk}", data=data)


def _dialled(phone):
    """A telephone as listed, any digits as 0-9. Raises Refused for what nobody can dial."""
    phone = plain(phone)
    if not _TELEPHONE.fullmatch(phone) or sum(sign.isdigit() for sign in phone) < FEWEST_DIGITS:
        raise Refused(
            _(
                "“%(typed)s” không phải là một số gọi được. Ghi một số, ví dụ 0251 3822 345; máy lẻ ghi ở ô “Ai nghe máy”."
            )
            % {"typed": phone},
            field="phone",
        )
    return phone
