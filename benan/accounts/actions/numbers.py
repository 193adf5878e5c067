"""Changes to duty numbers."""

import datetime as dt
import re

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from benan.accounts import policy
from benan.accounts.events import AccountEvent
from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import OnCallContact
from benan.audit import trail
from benan.core import reference
from benan.core.ahead import require_near
from benan.core.days import show
from benan.core.refusals import Refused
from benan.core.text import clean, plain

_TELEPHONE = re.compile(r"\+?[0-9 .()-]+")
FEWEST_DIGITS = 3  # 111, 113


@transaction.atomic
def add_number(
    *,
    by: User,
    desk: str,
    area_code: str,
    label: str,
    phone: str,
    from_hour: dt.time,
    to_hour: dt.time,
    since: dt.date,
    until: dt.date | None = None,
) -> OnCallContact:
    """List a telephone that answers for an area of the province, from a legal day on."""
    policy.require_right(by, P.NUMBER_CHANGE)
    if not area_code:
        raise Refused(_("Chọn địa bàn. Số toàn quốc có sẵn trong chương trình."), field="area_code")
    require_near(since, field="since")
    if until and until < since:
        raise Refused(_("Ngày cuối không được trước ngày đầu."), field="until")
    number = OnCallContact.objects.create(
        desk=desk, area_code=area_code, label=clean(label), phone=_dialled(phone), from_hour=from_hour, to_hour=to_hour,
        in_force=DateRange(since, until, "[]"),
    )  # fmt: skip
    reference.written()
    hours = [f"{hour:%H:%M}" for hour in (from_hour, to_hour)]
    data = {"added": area_code, "desk": desk, "phone": number.tel, "hours": hours}
    trail.record(by=by, event=AccountEvent.NUMBER_CHANGED, on=f"number:{number.pk}", data=data)
    return number


@transaction.atomic
def end_number(*, by: User, number: OnCallContact, until: dt.date) -> None:
    """Say that a listed telephone no longer answers after a legal day."""
    policy.require_right(by, P.NUMBER_CHANGE)
    number = OnCallContact.objects.select_for_update().get(pk=number.pk)
    if not number.area_code:
        raise Refused(_("Số toàn quốc có sẵn trong chương trình, không sửa ở đây."))
    if until < number.in_force.lower:
        raise Refused(
            _("Ngày cuối không được trước ngày đầu (%(on)s).") % {"on": show(number.in_force.lower)}, field="until"
        )
    number.in_force = DateRange(number.in_force.lower, until, "[]")
    number.save(update_fields=["in_force"])
    reference.written()
    data = {"until": until.isoformat(), "phone": number.tel}
    trail.record(by=by, event=AccountEvent.NUMBER_CHANGED, on=f"number:{number.pk}", data=data)


def _dialled(phone: str) -> str:
    """A telephone as listed, any digits as 0-9. Raises Refused for what nobody can dial."""
    phone = plain(phone)
    if not _TELEPHONE.fullmatch(phone) or sum(sign.isdigit() for sign in phone) < FEWEST_DIGITS:
        raise Refused(
            _(
                "“%(typed)s” không phải là số điện thoại. Ghi một số, ví dụ 0251 3822 345; số máy lẻ ghi ở ô "
                "“Người nghe máy”."
            )
            % {"typed": phone},
            field="phone",
        )
    return phone
