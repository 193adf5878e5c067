"""The button of what a limit asks for: its words, the page, and what one must hold on the file. One table for every page."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benan.accounts.roles import P
from benan.vault.ages import Age

OPEN = (_("Mở"), "cases:file", P.FILE_VIEW)
BUTTONS = {
    "notify_labour": (_("Báo huyện"), "cases:review", P.FILE_RECEIVE),
    "screen_needs": (_("Hỏi nhu cầu"), "support:now", P.SUPPORT_RECORD),
    "tell_outcome": (_("Báo kết quả"), "cases:file", P.REQUEST_SEND),
    "decide_protection": (_("Bảo vệ"), "support:safety", P.FILE_VIEW),
    "tell_child_protection": (_("Gọi, ghi đã báo"), "cases:child_protection", P.FILE_RECEIVE),
    "protect_child": (_("Ghi can thiệp"), "cases:child_protection", P.FILE_RECEIVE),
    "admission_minutes": (_("Ghi biên bản"), "support:homeward", P.SUPPORT_RECORD),
    "admission_file": (_("Ghi đã đủ"), "support:homeward", P.SUPPORT_RECORD),
    "labour_intake": (_("Xử lý"), "cases:file", P.NOTICE_TAKE),
}
# What is owed to a child; where nobody knows the age yet, to somebody whom the family harmed or who is in danger.
CHILD_DUTIES = Q(limit="protect_child") | Q(limit="tell_child_protection", file__age_class=Age.UNDER_16)


def owed_to_child(due) -> bool:
    """Whether a limit is one of CHILD_DUTIES: overdue by a day it is so in law, though it was due "at once"."""
    return due.limit == "protect_child" or (due.limit == "tell_child_protection" and due.file.age_class == Age.UNDER_16)


def button(due, held, code) -> dict:
    """The label and address of what to do about a limit with what is `held` on the file; its own page for others."""
    label, page, permission = BUTTONS.get(due.limit, OPEN)
    if not held.any(permission):
        label, page, _needed = OPEN
    return {"label": label, "url": reverse(page, args=[code])}


def of_the_file(due, held, code, moves) -> list[dict]:
    """On the file's own page: the button that leads to another page; else of verification the moves that may be made."""
    found = button(due, held, code)
    if found["url"] != reverse("cases:file", args=[code]):
        return [found]
    return moves[:2] if due.track == "verification" else []
