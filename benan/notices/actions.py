"""What officers choose for themselves: where letters go and which, a calendar's secret address."""

import secrets

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benan.accounts.actions.factors import Batch
from benan.accounts.models import User
from benan.audit import trail
from benan.core.days import clock
from benan.core.refusals import Refused
from benan.notices import addresses, feeds, queries
from benan.notices.events import NoticeEvent
from benan.notices.models import CalendarFeed, MailSubscription


@transaction.atomic
def make_feed(*, by: User) -> str:
    """Make the officer's calendar readable at a new secret, which is returned, shown once and never stored.

    The one before is good for nothing from then on.
    """
    secret = secrets.token_urlsafe(24)
    CalendarFeed.objects.update_or_create(user=by, defaults={"secret_hash": feeds.digest(secret), "made_at": clock()})
    trail.record(by=by, event=NoticeEvent.FEED_MADE, on=by)
    return secret


@transaction.atomic
def withdraw_feed(*, by: User) -> None:
    """Have the officer's calendar be read by nobody any more."""
    if CalendarFeed.objects.filter(user=by).delete()[0]:
        trail.record(by=by, event=NoticeEvent.FEED_WITHDRAWN, on=by)


@transaction.atomic
def choose_letters(*, by: User, address: str, reminders: bool, digest: bool) -> MailSubscription:
    """Have letters of some kinds sent to a work address. Another address than before has to be confirmed by a letter."""
    if not (reminders or digest):
        raise Refused(_("Chọn ít nhất một loại thư. Không muốn nhận nữa thì bấm “Thôi nhận thư”."), field="letters")
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(
            _("“%(typed)s” không phải là một địa chỉ thư điện tử. Ghi như lan.nt@dongnai.gov.vn.") % {"typed": address},
            field="address",
        ) from None
    row = MailSubscription.objects.select_for_update(no_key=True).filter(user=by).first()
    if row is None or not addresses.is_current(row) or addresses.unseal(row) != address:
        row = row or MailSubscription(user=by)
        row.address, row.asked_at = addresses.seal(by.pk, address), clock()
        row.secret_hash, row.secret_until, row.confirmed_at = "", None, None
    row.reminders, row.digest = reminders, digest
    row.save()
    trail.record(by=by, event=NoticeEvent.LETTERS_CHOSEN, on=by, data={"reminders": reminders, "digest": digest})
    return row


@transaction.atomic
def ask_for_letter(*, by: User) -> None:
    """Have the letter that asks for a confirmation sent once more. The link of the one before is good for nothing."""
    asked = {"asked_at": clock(), "secret_hash": "", "secret_until": None}
    MailSubscription.objects.filter(user=by, confirmed_at=None).update(**asked)


@transaction.atomic
def confirm_address(*, by: User, secret: str) -> None:
    """Say that the letter arrived: its officer, signed in, has its secret."""
    row = queries.address_waiting_for(by, secret)
    if row is None:
        raise Refused(
            _("Đường dẫn này đã dùng, đã hết hạn hoặc đã được thay. Gửi lại thư xác nhận ở trang Thư nhắc việc.")
        )
    row.secret_hash, row.secret_until, row.confirmed_at = "", None, clock()
    row.save()
    trail.record(by=by, event=NoticeEvent.ADDRESS_CONFIRMED, on=by)


@transaction.atomic
def withdraw_letters(*, by: User) -> None:
    """Send the officer nothing any more; the address is deleted."""
    if MailSubscription.objects.filter(user=by).delete()[0]:
        trail.record(by=by, event=NoticeEvent.LETTERS_WITHDRAWN, on=by)


@transaction.atomic
def seal_again(*, by: None, after: int | None = 0, most: int = 200) -> Batch | None:
    """Seal the next addresses under the installation's current key (rotate_keys); None where none is left."""
    rows = list(MailSubscription.objects.select_for_update().filter(pk__gt=after or 0).order_by("pk")[:most])
    if not rows:
        return None
    changed = unreadable = 0
    for row in [row for row in rows if not addresses.is_current(row)]:
        try:
            row.address = addresses.seal(row.user_id, addresses.unseal(row))
        except Refused:
            unreadable += 1
            continue
        row.save(update_fields=["address"])
        changed += 1
    return Batch(rows[-1].pk, len(rows), changed, unreadable)
