"""Which page serves which clauses of the plan, said of what a page does now and of nothing that is still to come."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benan.accounts.roles import ROLES, Kind, P
from benan.plan.models import AgencyKey

SERVED, NOT_YET = _("đang phục vụ"), _("chưa có")
FIVE = ("II.2.a", "II.2.b", "II.2.c", "II.2.d", "II.2.đ")
OBJECTIVES = ("II.1.a", "II.1.b", "II.1.c", "II.1.d", "II.1.đ")


@dataclass(frozen=True)
class Page:
    """A page and the clauses it serves; `needs` is the permission without which it stays closed."""

    view: str
    name: str
    clauses: tuple[str, ...]
    args: tuple[str, ...] = ()
    needs: P | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.view, args=self.args)


PAGES = (
    Page("cases:search", _("Tiếp nhận"), ("III.4.a", "III.4.d", "III.4.e"), needs=P.FILE_RECEIVE),
    Page("cases:list", _("Hồ sơ"), ("II.3.a", "III.4.a", "III.4.d", "III.4.e", "V.1.e", "V.1.g")),
    Page("support:referrals", _("Chuyển tuyến"), ("III.5.d",)),
    Page("reports:plan", _("Kế hoạch"), ("I.1.b", *OBJECTIVES, *FIVE, "VI.3")),
    *(Page("reports:indicator", _("Chỉ tiêu %s") % number, (number,), args=(number,)) for number in FIVE),
    Page("reports:clauses", _("Các điểm của kế hoạch"), ("I.2.b", "II.3.c", "V.1.a")),
    Page("reports:report", _("Báo cáo kỳ"), ("VI.3",)),
)
# Pages whose address says which clause they are about cite that clause (context.py).
SERVES = {page.view: page.clauses for page in PAGES if not page.args}
# Whom a key of the plan stands for, where it is not the key of one agency.
GROUPS = {
    AgencyKey.DISTRICTS: (Kind.DISTRICT,),
    AgencyKey.COMMUNES: (Kind.COMMUNE,),
    AgencyKey.LABOUR_OFFICES: (Kind.LABOUR_OFFICE,),
    AgencyKey.POLICE_DISTRICTS: (Kind.POLICE_DISTRICT,),
    AgencyKey.POLICE_COMMUNES: (Kind.POLICE_COMMUNE,),
    AgencyKey.PROPAGANDA: (Kind.PARTNER,),
    AgencyKey.FARMERS_UNION: (Kind.PARTNER,),
    AgencyKey.FATHERLAND_FRONT: (Kind.PARTNER,),
    AgencyKey.SHELTER: (Kind.SHELTER,),
    AgencyKey.ALL: tuple(kind for kind in Kind if kind not in (Kind.OUTSIDE, Kind.OPERATOR)),
}


def serving(clause) -> list[Page]:
    """The pages that serve a clause and open to everybody who answers for it."""
    kinds = {kind for key in clause.answerable for kind in kinds_of(key)}
    return [page for page in PAGES if clause.number in page.clauses and all(_opens(page, kind) for kind in kinds)]


def open_to(user, clause) -> list[Page]:
    """The pages that serve a clause and that a user may open."""
    return [page for page in PAGES if clause.number in page.clauses and (page.needs is None or user.may(page.needs))]


def kinds_of(key: AgencyKey) -> tuple[Kind, ...]:
    """The kinds of agency that a key of the plan stands for."""
    return GROUPS.get(key) or (Kind(key.value),)


def keys_of(agency) -> list[str]:
    """The keys by which the plan calls an agency: its own, and those of its groups."""
    groups = [key.value for key, kinds in GROUPS.items() if agency.kind in kinds and key in _BY_KIND]
    return [agency.key, *groups]


_BY_KIND = {
    AgencyKey.DISTRICTS,
    AgencyKey.COMMUNES,
    AgencyKey.LABOUR_OFFICES,
    AgencyKey.POLICE_DISTRICTS,
    AgencyKey.POLICE_COMMUNES,
}


def _opens(page, kind):
    return page.needs is None or any(page.needs in role.permissions and kind in role.kinds for role in ROLES.values())
