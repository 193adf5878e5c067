"""Reads of stored files and of the registers of papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies import queries as agencies
from benan.agencies.models import Agency
from benan.core import sealing
from benan.core.days import legal_day
from benan.core.text import whole_number
from benan.documents.models import FileContent, Paper, PaperQuerySet, StoredFile
from benan.rules import vocabularies

LARGEST_NUMBER = 999_999  # of a paper in its series


def content(file: StoredFile) -> bytes:
    """The cleaned copy of a stored file; who may read it was asked before. Raises Refused under another key."""
    row = FileContent.objects.get(pk=file.pk)
    return sealing.unseal_bytes(sealing.unwrap(bytes(row.wrapped_key)), bytes(row.sealed), row.context)


@dataclass(frozen=True)
class Series:
    """The numbers of an office's papers of one direction and one year; secret papers have their own."""

    agency: Agency
    direction: str
    year: int
    secret: bool = False

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        names = {
            (Paper.Direction.OUT, False): _("sổ văn bản đi năm %(year)s"),
            (Paper.Direction.IN, False): _("sổ văn bản đến năm %(year)s"),
            (Paper.Direction.OUT, True): _("sổ văn bản mật đi năm %(year)s"),
            (Paper.Direction.IN, True): _("sổ văn bản mật đến năm %(year)s"),
        }
        return names[Paper.Direction(self.direction), self.secret] % {"year": str(self.year)}

    def papers(self) -> PaperQuerySet:
        """Its lines, for whoever enters a paper there."""
        return Paper.objects.in_series(self.agency, self.direction, self.year, self.secret)

    def next_number(self) -> int:
        """The number after the last one."""
        return (self.papers().aggregate(last=Max("number"))["last"] or 0) + 1

    def paper(self, number: int) -> Paper | None:
        """The paper that has a number."""
        return self.papers().filter(number=number).first()


def offices(user: User) -> list[Any]:
    """The offices whose register the user keeps, each with its `name` on the legal day."""
    return list(agencies.at_work_on(legal_day(), pk__in=user.offices(P.WORK_RECORD)))


def register(user: User, series: Series, asked: str = "") -> PaperQuerySet:
    """The lines of a series that the user may read, the latest number first; `asked`: a number, or part of a notation."""
    rows = Paper.objects.visible_to(user).filter(agency=series.agency, direction=series.direction, year=series.year)
    rows = rows.exclude(marking="") if series.secret else rows.filter(marking="")
    if (number := whole_number(asked, LARGEST_NUMBER)) is not None:
        rows = rows.filter(number=number)
    elif asked:
        rows = rows.filter(notation__icontains=asked)
    return rows.select_related("scan", "replaces", "replaced_by")


def years(user: User, agency: Agency) -> list[int]:
    """The years in which an office has papers, and the present one; the latest first."""
    found = Paper.objects.visible_to(user).filter(agency=agency).order_by().values_list("year", flat=True).distinct()
    return sorted({*found, legal_day().year}, reverse=True)


def lines(papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """What the register shows of papers: the paper, its kind, from whom or to whom."""
    listed = list(papers)
    names = agencies.names({paper.other_agency_id for paper in listed}, legal_day())
    return [
        {
            "paper": paper,
            "kind": vocabularies.label("paper_kinds", paper.kind, paper.on) if paper.kind else "",
            "other": names.get(paper.other_agency_id or 0, "") or paper.other_party,
            "replaced_by": getattr(paper, "replaced_by", None),
        }
        for paper in listed
    ]


def outgoing(user: User, agency: Agency, notation: str) -> Paper | None:
    """The latest outgoing paper of an office with a notation, as it stands on the paper; None where there is none."""
    rows = Paper.objects.visible_to(user).filter(
        agency=agency, direction=Paper.Direction.OUT, marking="", cancelled_on=None
    )
    return rows.filter(notation=notation).order_by("-year").first()
