"""The words of the work: what each of them does under the plan, by the officer whose work it is."""

import datetime as dt
import io
from collections import Counter
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum
from PIL import Image, ImageDraw

from benan.accounts.models import User
from benan.accounts.roles import P
from benan.agencies.models import Agency
from benan.plan import agency_plans as agency_plan_queries
from benan.plan import queries as plans
from benan.plan.actions import agency_plans, progress
from benan.plan.models import Activity, AgencyPlan, Clause, Plan, PriorityArea, Progress, ReportRule
from benan.reports.actions import consolidating, opening, returns, signed
from benan.reports.models import CONSOLIDATED, Cell, Period, Return
from benan.shell.demo.cast import Officers
from benan.shell.demo.lives import Line
from benan.shell.demo.work import YEARS, Office, Task, Told, Work, day_of

FOLLOWING_UP = "thu"  # who follows up the plan, and her head
HEAD_OF_FOLLOWING_UP = "giam_doc_so"


class Working:
    """The work of all agencies under the plan. A method is a word of the lines; its words and named details are the line's."""

    on: dt.date

    def __init__(self, work: Work, officers: Officers) -> None:
        self.work, self.officers, self.plan = work, officers, Plan.objects.get(number=work.plan)
        self.agencies = {agency.key: agency for agency in Agency.objects.filter(key__in=work.offices)}
        self.clauses: dict[str, Clause] = {clause.number: clause for clause in plans.clauses(self.plan)}

    def do(self, line: Line) -> None:
        """Do one line on its day."""
        self.on = line.on
        getattr(self, line.deed)(*line.words, **line.options)

    # Plans of agencies

    def draft_plan(self, agency: str, year: str) -> None:
        """The plan of a year is begun: with the activities of the year before, the first time with those of the table."""
        office, before = self.work.offices[agency], self._approved(agency, int(year) - 1)
        made = agency_plans.draft(
            by=self._drafter(agency), plan=self.plan, agency=self.agencies[agency], year=int(year),
            from_last_year=before is not None,
        )  # fmt: skip
        for task in office.tasks if before is None else ():
            if task.days:
                self._activity(made, office, task, task.days)

    def add_activity(self, agency: str, year: str, clause: str, what: str, first: str, last: str) -> None:
        """An activity is added to the plan that is being drafted."""
        task = Task(clause, (), what=what, money=5_000_000, source="Ngân sách cấp huyện", product="Buổi truyền thông")
        self._activity(self._agency_plan(agency, year), self.work.offices[agency], task, (first, last))

    def put_plan(self, agency: str, year: str) -> None:
        """The plan is put before the head."""
        agency_plans.put_before_head(by=self._drafter(agency), agency_plan=self._agency_plan(agency, year))

    def approve_plan(self, agency: str, year: str) -> None:
        """The head approves it."""
        agency_plans.approve(by=self._head(agency), agency_plan=self._agency_plan(agency, year))

    def send_back_plan(self, agency: str, year: str, words: str) -> None:
        """The head gives it back."""
        agency_plans.send_back(by=self._head(agency), agency_plan=self._agency_plan(agency, year), words=words)

    def paper_plan(self, agency: str, year: str) -> None:
        """Number and day of the signed paper are recorded."""
        agency_plans.record_paper(
            by=self._drafter(agency), agency_plan=self._agency_plan(agency, year), paper_no=self._number("KH", agency),
            paper_on=self.on,
        )  # fmt: skip

    def replace_plan(self, agency: str, year: str) -> None:
        """A new version of the approved plan is begun."""
        agency_plans.replace(by=self._drafter(agency), agency_plan=self._agency_plan(agency, year))

    # Results, and areas

    def tell(self, agency: str, year: str, task_number: str, told_number: str) -> None:
        """A result of the table is recorded."""
        task = self.work.offices[agency].tasks[int(task_number)]
        told = task.told[int(told_number)]
        activity = self._activity_of(agency, int(year), task)
        ended = told.ends or told.deadline
        progress.record_progress(
            by=self._drafter(agency), clause=self.clauses[task.clause], agency=self.agencies[agency], on=self.on,
            state=Progress.State.DONE if ended else Progress.State.UNDER_WAY,
            words=told.words.format(**{name: shown(number) for name, number in told.numbers(int(year)).items()}),
            money=told.spent[int(year) - YEARS.start] if told.spent else None, activity=activity,
            deadline=plans.deadline_key(told.deadline, int(year)) if told.deadline else "",
            files=[picture(year)] if task.picture and told.ends else (),
        )  # fmt: skip

    def areas(self, paper: str) -> None:
        """The priority areas of the table are marked."""
        for unit, why in self.work.areas.items():
            progress.mark_area(by=self._thu(), plan=self.plan, unit_code=unit, why=why, since=self.on, paper_no=paper)

    def end_area(self, unit: str) -> None:
        """An area has priority no more."""
        area = PriorityArea.objects.get(plan=self.plan, unit_code=unit, until=None)
        progress.end_area(by=self._thu(), area=area, until=self.on)

    # Periods, and the returns of each

    def open(self, period: str) -> None:
        """A period is opened."""
        asked = self.work.periods[period]
        if asked.ground:
            opening.open_on_request(
                by=self._thu(), plan=self.plan, kind=period.partition("-")[0], name=asked.name, first=asked.span[0],
                last=asked.span[1], due_on=asked.due or asked.span[1], ground=asked.ground,
            )  # fmt: skip
            return
        name, _dash, year = period.rpartition("-")
        rule = ReportRule.objects.select_related("clause__plan").get(clause__plan=self.plan, key=name)
        opening.open_period(by=self._thu(), plan=self.plan, rule=rule, year=int(year))

    def fill(self, period: str, agency: str, *, without: str = "") -> None:
        """What the program cannot count is typed, as it was recorded; the text is written. `without`: a line left empty."""
        ret = self._return(period, agency)
        counted_by_hand = {line["key"] for line in ret.period.lines if not line["count"]} - {without}
        said = self._recorded(ret)
        cells = [cell for cell in ret.cells.all() if self._is_empty(cell) and cell.line in counted_by_hand]
        figures = {cell.pk: returns.Filled(said[cell.line], "", cell.value) for cell in cells}
        rows = ret.narratives.filter(section__in=self.work.texts)
        texts = {row.section: returns.Written(self.work.texts[row.section], row.words) for row in rows}
        returns.fill(by=self._drafter(agency), ret=ret, figures=figures, texts=texts)

    def put(self, period: str, agency: str) -> None:
        """A return is counted anew and put before the head."""
        if agency != CONSOLIDATED:
            returns.refresh(by=self._drafter(agency), ret=self._return(period, agency))
        returns.put_before_head(by=self._drafter(agency), ret=self._return(period, agency))

    def submit(self, period: str, agency: str) -> None:
        """The head submits it."""
        returns.submit(by=self._head(agency), ret=self._return(period, agency))

    def paper(self, period: str, agency: str) -> None:
        """Number and day of the signed paper are recorded."""
        signed.record_paper(
            by=self._drafter(agency), ret=self._return(period, agency), paper_no=self._number("BC", agency), paper_on=self.on
        )  # fmt: skip

    def give(self, period: str, agency: str) -> None:
        """A return is filled, approved and submitted, and its paper recorded, in a day."""
        for step in (self.fill, self.put, self.submit, self.paper):
            step(period, agency)

    def accept(self, period: str, agency: str) -> None:
        """The department enters it in its register of incoming papers and accepts it."""
        signed.register_arrival(by=self._thu(), ret=self._return(period, agency))
        returns.accept(by=self._thu(), ret=self._return(period, agency))

    def send_back(self, period: str, agency: str, words: str) -> None:
        """The department sends it back, or invites to add."""
        returns.send_back(by=self._thu(), ret=self._return(period, agency), words=words)

    def replace(self, period: str, agency: str, words: str) -> None:
        """A return is begun that replaces the one that was submitted."""
        returns.replace(by=self._drafter(agency), ret=self._return(period, agency), words=words)

    def consolidate(self, period: str) -> None:
        """The department makes one report of all."""
        opened = Period.objects.select_related("plan").get(plan=self.plan, key=period)
        consolidating.consolidate(by=self._thu(), period=opened, with_missing=True)

    # Who does it, and on what

    def _thu(self) -> User:
        return self.officers.named(FOLLOWING_UP)

    def _drafter(self, agency: str) -> User:
        if agency == CONSOLIDATED:
            return self._thu()
        office = f"labour-{agency[9:]}" if agency.startswith("district-") else agency
        return self._somebody(P.WORK_RECORD, office)

    def _head(self, agency: str) -> User:
        if agency == CONSOLIDATED:
            return self.officers.named(HEAD_OF_FOLLOWING_UP)
        return self._somebody(P.WORK_APPROVE, agency)

    def _somebody(self, permission: P, agency: str) -> User:
        if found := self.officers.may(permission, agency):
            return found
        raise LookupError(f"nobody with {permission} at {agency}")

    def _agency_plan(self, agency: str, year: str) -> AgencyPlan:
        return agency_plan_queries.versions(self.plan, self.agencies[agency], int(year))[0]

    def _approved(self, agency: str, year: int) -> AgencyPlan | None:
        return agency_plan_queries.approved(self.plan, self.agencies[agency], year)

    def _activity(self, made: AgencyPlan, office: Office, task: Task, days: tuple[str, str]) -> None:
        year = made.year or self.on.year
        facts: dict[str, Any] = {
            "what": task.what, "first": day_of(days[0], year), "last": day_of(days[1], year), "people": office.people,
            "partners": task.partners, "money": task.money, "source": task.source, "product": task.product,
        }  # fmt: skip
        agency_plans.add_activity(
            by=self._drafter(office.key), agency_plan=made, clause=self.clauses[task.clause], **facts
        )

    def _activity_of(self, agency: str, year: int, task: Task) -> Activity | None:
        """The activity of the agency's plan in force that a task is."""
        approved = self._approved(agency, year) if task.days else None
        return approved.activities.filter(what=task.what).first() if approved else None

    def _return(self, period: str, agency: str) -> Return:
        rows = Return.objects.filter(period__plan=self.plan, period__key=period).select_related(
            "period__plan", "agency"
        )
        found = (
            rows.filter(consolidates=True)
            if agency == CONSOLIDATED
            else rows.filter(agency__key=agency, consolidates=False)
        )
        return found.order_by("-number")[0]

    def _recorded(self, ret: Return) -> Counter[str]:
        """What the agency told in the days of a return, by line of the form; a line of which it told nothing is 0."""
        found: Counter[str] = Counter()
        for line in self.work.lines:
            if line.deed == "tell" and line.words[0] == ret.agency.key and ret.first <= line.on <= ret.last:
                _agency, year, task, told = line.words
                found.update(self._told(ret.agency.key, task, told).numbers(int(year)))
        rows = Progress.objects.filter(agency=ret.agency, on__range=(ret.first, ret.last), set_aside_by=None)
        found["spent"] = rows.aggregate(total=Sum("money"))["total"] or 0
        return found

    def _told(self, agency: str, task: str, told: str) -> Told:
        return self.work.offices[agency].tasks[int(task)].told[int(told)]

    def _is_empty(self, cell: Cell) -> bool:
        return cell.counted is None and cell.value is None and not cell.part

    def _number(self, kind: str, agency: str) -> str:
        office = self.work.offices[self.plan.follow_up if agency == CONSOLIDATED else agency]
        return f"{self.on.timetuple().tm_yday}/{kind}-{office.sign}"


def shown(number: int) -> str:
    """A number as it is written here, 12.000."""
    return f"{number:,}".replace(",", ".")


def picture(words: str) -> SimpleUploadedFile:
    """A drawn poster, as a photograph of it would be sent as evidence."""
    drawn, written = Image.new("RGB", (480, 320), "#f3efe4"), io.BytesIO()
    draw = ImageDraw.Draw(drawn)
    draw.rectangle((20, 20, 460, 300), outline="#1f4e5f", width=6)
    draw.rectangle((20, 220, 460, 300), fill="#1f4e5f")
    draw.ellipse((180, 60, 300, 180), fill="#d98c3f")
    draw.text((210, 250), f"30/7/{words}", fill="#f3efe4")
    drawn.save(written, "PNG")
    return SimpleUploadedFile("to-roi.png", written.getvalue(), content_type="image/png")
