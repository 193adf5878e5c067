"""Officers of every agency that reports, and returns brought to a step by those whose work it is."""

from benan.plan import queries as plans
from benan.reports import period_pages
from benan.reports.actions import consolidating, opening, returns
from benan.reports.models import Cell, Narrative, Return
from tests.cast import PLAN, Officer

FOLLOW_UP = "labour_department"


class Reporting:
    """A plan whose agencies have a drafter and a head each, appointed when first needed."""

    def __init__(self, cast):
        self.cast, self.plan, self._users = cast, plans.by_slug(PLAN), {}

    def _user(self, agency, role):
        if (agency, role) not in self._users:
            name = f"{role}_{agency}".replace("-", "_")[:30]
            self._users[agency, role] = self.cast.appoint(name, name, role, agency)
        return self._users[agency, role]

    def drafter(self, agency):
        """Who drafts for an agency; at the labour department, who follows up the plan."""
        return self.cast.officer("thu") if agency == FOLLOW_UP else self._user(agency, "member")

    def browser(self, agency):
        """The browser of who drafts for an agency."""
        return Officer(self.drafter(agency))

    def head(self, agency):
        """The head of an agency."""
        return self._user(agency, "police_head" if agency.startswith("police") else "head")

    def opened(self, key="nam-2017"):
        """The period of a rule of the plan."""
        rule, year = period_pages.rule_of(self.plan, key)
        return opening.open_period(by=self.cast.officer("thu"), plan=self.plan, rule=rule, year=year)

    def requested(self, **more):
        """A period that a superior asked for."""
        return opening.open_on_request(by=self.cast.officer("thu"), plan=self.plan, **more)

    def filled(self, ret, figures=None, texts=None, reason=""):
        """Somebody types figures ({(line, part): number}) and text ({section: words}) of a return."""
        cells = {(cell.line, cell.part): cell for cell in ret.cells.all()}
        told = {
            cells[key].pk: returns.Filled(value, reason, cells[key].value) for key, value in (figures or {}).items()
        }
        before = dict(ret.narratives.values_list("section", "words"))
        written = {key: returns.Written(words, before[key]) for key, words in (texts or {}).items()}
        drafter = self.drafter(ret.agency.key)
        return returns.fill(by=drafter, ret=ret, figures=told, texts=written)

    def put(self, ret, words=""):
        """Its drafter counts a return anew and puts it before the head."""
        if not ret.consolidates:
            ret = returns.refresh(by=self.drafter(ret.agency.key), ret=ret)
        return returns.put_before_head(by=self.drafter(ret.agency.key), ret=ret, words=words)

    def submitted(self, ret):
        """Its head approves and submits what the drafter puts before them."""
        return returns.submit(by=self.head(ret.agency.key), ret=self.put(ret))

    def accepted(self, ret):
        """The labour department accepts it."""
        return returns.accept(by=self.cast.officer("thu"), ret=ret)

    def consolidated(self, period, **more):
        """The labour department makes one report of all."""
        return consolidating.consolidate(by=self.cast.officer("thu"), period=period, **more)


def of(period, agency):
    """The newest return of an agency."""
    return Return.objects.filter(period=period, agency__key=agency, consolidates=False).order_by("-number")[0]


def cell(ret, line, part=""):
    """One figure of a return."""
    return Cell.objects.get(ret=ret, line=line, part=part)


def values(ret):
    """What a return says: {(line, part): number}."""
    return {(cell.line, cell.part): cell.value for cell in Cell.objects.filter(ret=ret)}


def everything(ret):
    """All that is stored of what a return says, to be compared."""
    cells = Cell.objects.filter(ret=ret).values_list("line", "part", "counted", "value", "reason")
    return set(cells), set(Narrative.objects.filter(ret=ret).values_list("section", "words"))
