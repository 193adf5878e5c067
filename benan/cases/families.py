"""The family of somebody who is or may be under 18: what was recorded of it, and warnings before it is contacted."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts.policy import Held
from benan.accounts.roles import P
from benan.cases import deadlines
from benan.cases.models import Case, Deadline, Guardianship
from benan.core.days import legal_day

CHILD_CALL = "tell_child_protection"


def may_be_minor(case: Case) -> bool:
    """Whether the person is or may be under 18 today."""
    return case.may_be_under(18, legal_day())


def minor_panel(held: Held, case: Case, deadlines: Iterable[Deadline]) -> dict[str, Any] | None:
    """What the panel about a minor on the case's page shows; None where the person is surely 18 or older.

    `said`: the last answers about the family; `url` and `call_url`: the pages to record more, "" where one may not.
    """
    if not may_be_minor(case):
        return None
    said = case.guardianships.first()
    writes = case.is_open and held.any(P.CASE_RECEIVE)
    calls = any(deadline.limit in (CHILD_CALL, "protect_child") and deadline.is_open for deadline in deadlines)
    return {
        "said": said, "warning": _warning(said),
        "url": reverse("cases:guardianship", args=[case.code]) if writes else "",
        "call_url": reverse("cases:child_protection", args=[case.code]) if writes and calls else "",
    }  # fmt: skip


def family_did_harm(case: Case) -> bool:
    """Whether the person is or may be under 18 and, as last recorded, somebody of the family did the harm."""
    return may_be_minor(case) and deadlines.harmed_by_family(case)


def child_call_open(case: Case) -> bool:
    """Whether the deadline for telling the child-protection officer is still open."""
    return case.deadlines.open().filter(limit=CHILD_CALL).exists()


def family_warning(case: Case) -> str:
    """The warning to read before the family of somebody who is or may be under 18 is contacted; "" where there is none."""
    return _warning(case.guardianships.first()) if may_be_minor(case) else ""


def _warning(said: Guardianship | None) -> str:
    """The warning that the last answers about the family of a minor give cause for."""
    if said is None or said.harm == Guardianship.Harm.UNKNOWN:
        return _(
            "Người này chưa đủ hoặc có thể chưa đủ 18 tuổi và chưa rõ gia đình có phải người gây hại "
            "không: hỏi rõ trước "
            "khi gọi hoặc báo gia đình."
        )
    if said.harm == Guardianship.Harm.YES:
        return _(
            "Cha, mẹ, người giám hộ hoặc người thân của người này là người gây hại: không gọi, không "
            "báo, không hỏi ý kiến "
            "và không giao người này cho người ấy."
        )
    return ""
