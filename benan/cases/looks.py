"""Who looked at a file, alone or in a list: rows of the trail and the lines that tell them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.accounts.models import User
from benan.audit import trail
from benan.audit.events import Event as Look
from benan.cases.purposes import Purpose, contact_code
from benan.core.days import day_of
from benan.vault import access

LOOKS = (
    Look.FILE_VIEWED, Look.FILES_LISTED, Look.FIGURES_LISTED, Look.IDENTITY_OPENED, Look.OLD_VALUE_OPENED, Look.SEARCH_MATCHED,
    Look.TRAIL_VIEWED,
)  # fmt: skip
# The pages on which a file is one of several, as the trail names them.
LISTS = {
    "cases:list": gettext_lazy("Hồ sơ"),
    "cases:find": gettext_lazy("Tìm hồ sơ theo mã, bí danh"),
    "shell:home": gettext_lazy("Bàn việc"),
    "support:referrals": gettext_lazy("Chuyển tuyến"),
}


def looks(file):
    """Rows of the trail about who looked at a file, alone or in a list, opened whom, or asked about the person elsewhere."""
    return trail.about(file, LOOKS)


def look_lines(file, events) -> list[dict]:
    """Lines that tell such rows; what one did again and again on one day is told once, at its last time."""
    people = {user.username: user for user in User.objects.filter(username__in={row.by for row in events})}
    lines = {}
    for row in events:
        who, beside = (
            str(people.get(row.by, row.by)),
            row.subject != file.trail_subject and row.event == Look.FILE_VIEWED,
        )
        line = {
            "who": who, "what": row.get_event_display(),
            "detail": _("hồ sơ có liên quan đến hồ sơ này") if beside else _detail(row),
        }  # fmt: skip
        lines.setdefault((*line.values(), day_of(row.at)), line | {"at": row.at, "times": 0})["times"] += 1
    return list(lines.values())


def _detail(row):
    parts = [contact_code(row)] if row.event == Look.SEARCH_MATCHED else []
    parts += [LISTS[row.data["where"]]] if row.event == Look.FILES_LISTED else []
    parts += [Purpose(row.data["purpose"]).label] if row.data.get("purpose") in Purpose.values else []
    parts += [access.FIELDS.get(field, _("lời ghi")) for field in row.data.get("fields", ())]
    return ", ".join(str(part) for part in parts)
