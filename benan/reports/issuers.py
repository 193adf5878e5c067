"""The head and the foot of an agency's papers of a day. What is not known of an agency is left blank, to be filled in."""

import datetime as dt
from dataclasses import dataclass

from benan.accounts.models import Membership
from benan.agencies import papers
from benan.agencies import queries as agencies
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency
from benan.places import queries as places

Post = Membership.Post
BLANK = "…………………"
STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
_MOTTOES = {"state": STATE, "party": PARTY, "": (BLANK,)}


@dataclass(frozen=True)
class Letterhead:
    """What stands above and below the papers of an agency on a day.

    `superior` is "" where none is printed. `motto` are the lines on the right, `letters` those of the agency in a number.
    """

    superior: str
    agency: str
    motto: tuple[str, ...]
    place: str
    letters: str
    collective: str
    head: str

    def number(self, paper_no: str = "", kind: str = "BC") -> str:
        """The number of a paper, with room for what the registry writes until it is recorded. A paper of the Party has its own form."""
        if paper_no or self.motto == PARTY:
            return paper_no or "……"
        return f"……/{kind}-{self.letters or '……'}"

    def signature(self, post: str = Post.HEAD) -> tuple[str, ...]:
        """The lines above the signature of somebody in a post, with room where that is not known ("")."""
        head = self.head or BLANK
        lines = {"": (BLANK,), Post.HEAD: (head,), Post.DEPUTY: (f"KT. {head}", f"PHÓ {head}")}[post]
        return (self.collective, *lines) if self.collective else lines


def letterhead(agency: Agency, on: dt.date) -> Letterhead:
    """What stands above and below an agency's papers of a day."""
    form = papers.form_of(agency)
    name = form.name or agencies.names({agency.pk}, on).get(agency.pk, "")
    return Letterhead(
        in_full(_superior(agency, form.superior, on)), in_full(name), _MOTTOES[form.motto], place(agency, on), form.letters,
        form.collective, form.head,
    )  # fmt: skip


def place_and_day(place: str, on: dt.date | None, year: int) -> str:
    """Place and day of a paper; the day is left to be filled while there is none."""
    if on is None:
        return f"{place}, ngày …… tháng …… năm {year}"
    return f"{place}, ngày {on:%d} tháng {f'{on:%m}' if on.month < 3 else on.month} năm {on.year}"


def place(agency: Agency, on: dt.date) -> str:
    """The place before the day of an agency's papers: the bare name of its district or commune, or of the province."""
    for code in (agency.unit_code, places.HOME):
        unit = places.on(on).filter(code=code).first() if code else None
        if unit:
            return unit.name
    return ""


def in_full(name: str) -> str:
    """The name of an agency without abbreviations, as papers bear it."""
    return name.replace("UBND", "Ủy ban nhân dân").replace("LĐ-TB&XH", "Lao động - Thương binh và Xã hội")


def _superior(agency: Agency, stated: str, on: dt.date) -> str:
    if stated == papers.NO_SUPERIOR:
        return ""
    if stated not in (papers.LISTED, papers.OF_THE_DISTRICT):
        return stated or BLANK
    above = agency.superior
    if stated == papers.OF_THE_DISTRICT:
        above = agencies.of_unit(AgencyKind.DISTRICT, agency.unit_code, on)
    return agencies.names({above.pk}, on).get(above.pk, BLANK) if above else BLANK
