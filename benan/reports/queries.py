"""Reads for the pages of the plan, one each; in a number of queries that grows with neither files nor districts."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from benan.accounts import queries as agencies
from benan.accounts.models import Agency
from benan.places import queries as places
from benan.places.models import Level, Unit
from benan.plan import queries as plans
from benan.plan.models import Kind
from benan.reports import answers, measures, reach, speech
from benan.reports import clauses as pages
from benan.reports.definitions import DEFINITIONS
from benan.reports.figures import OUTSIDE, Tally

MOST_DOTS = 40  # people drawn one by one; more are a bar
FEW, MANY = 4, 200  # people listed beside other things, and on a page about them
BAR = 231


@dataclass(frozen=True)
class Line:
    """One person still without something, with the reasons under each indicator and whose move each is."""

    row: object
    reasons: list


def figure_line(figure, short, url):
    """One indicator as the pages draw it: fraction, share, and people as dots or, where they are many, as a bar."""
    tally, many = figure.total, _many(figure)
    served = BAR * tally.numerator / tally.denominator if many else 0
    drawn = () if many else short or ()
    rings = [{"url": row.url, "label": f"{row.alias} {row.shown_code}"} if row.code else {} for row in drawn]
    return {
        "indicator": figure.indicator,
        "tally": tally,
        "url": url,
        "bar": (f"{served:.1f}", f"{BAR - served:.1f}") if many else None,
        "rings": rings if short is not None else tally.short,
        "kin": _kin(figure),
    }


def plan_page(user, asked, plan, period, today, query="") -> dict:
    """Everything the plan's page shows for a question: the sentence, indicators, people, objectives, districts, dates."""
    figures = answers.figures(asked)
    totals_only = is_totals_only(user, asked)
    short = {} if totals_only else answers.short(figures, asked, user)
    tallies = [figure.total for figure in figures]
    missing = {row.file for rows in short.values() for row in rows}
    unknown = totals_only and any(tally.short for tally in tallies)
    listed = _missing(short, asked.as_of, FEW)
    return {
        "plan": plan,
        "asked": asked,
        "sentence": speech.indicators(tallies),
        "missing": "" if unknown else speech.people(len(missing), any(tally.denominator for tally in tallies)),
        "late": speech.lateness(tallies),
        "report_due": speech.next_report(period, today),
        "figures": [
            figure_line(figure, short.get(figure.indicator.number), indicator_url(figure.indicator, query))
            for figure in figures
        ],
        **listed,
        "totals_only": totals_only,
        "objectives": objectives(plan),
        "districts": districts(figures, asked) if reach.reach(user).everything and not asked.area else None,
        "deadlines": deadlines(plan, today),
        "shown": _shown(short, figures, listed["people"]),
    }


def indicator_page(user, indicator, asked, query="") -> dict:
    """One indicator: the fraction, who falls short of what, and what stands beside it."""
    figure = next(each for each in answers.figures(asked) if each.indicator == indicator)
    totals_only = is_totals_only(user, asked)
    short = {indicator.number: []} if totals_only else answers.short([figure], asked, user)
    tally, listed = figure.total, _missing(short, asked.as_of, MANY)
    counts = [
        (_("Đã được"), tally.numerator),
        (_("trong đó trễ"), tally.late),
        (_("Còn thiếu"), tally.short),
        (_("Còn trong hạn, chưa tính"), tally.in_time),
    ]
    return {
        "line": figure_line(figure, None if totals_only else short[indicator.number], indicator_url(indicator, query)),
        "asked": asked,
        "definition": DEFINITIONS[indicator.number],
        "counts": counts,
        "beside": beside(figure),
        **listed,
        "totals_only": totals_only,
        "shown": _shown(short, [figure], listed["people"]),
    }


def report_page(user, asked) -> dict:
    """The figures of a period as its report shows them: counts with their reasons, no codes."""
    figures = answers.figures(asked)
    totals_only = is_totals_only(user, asked)
    short = {} if totals_only else answers.short(figures, asked)
    return {
        "asked": asked,
        "figures": figures,
        "apart": [(figure.indicator.letter, *row) for figure in figures for row in beside(figure) if row[1]],
        **_missing(short, asked.as_of, MANY),
        "totals_only": totals_only,
        "districts": None if totals_only or asked.area else districts(figures, asked),
    }


def beside(figure) -> list[tuple]:
    """What stands beside an indicator, in words, with how many."""
    rows = [(OUTSIDE[key], n) for key, n in figure.total.outside.items()]
    return rows + [(measures.APART[key], n) for key, n in figure.apart.items()]


def _missing(short, on, most):
    """Who falls short: people who may be seen, counts of the others, and how many of both were left out."""
    names = _names(short, on)
    people, others = _seen(short, names, on), _unseen(short, names)
    return {
        "people": people[:most],
        "unseen": others[:most],
        "more_people": len(people[most:]),
        "more_unseen": sum(n for *_rest, n in others[most:]),
    }


def _shown(short, figures, people):
    """Of those who fall short, the ones whose codes stand on a page: drawn one by one, or listed as `people`."""
    listed, many = {line.row.file for line in people}, {each.indicator.number: _many(each) for each in figures}
    return {number: [row for row in rows if not many[number] or row.file in listed] for number, rows in short.items()}


def _seen(short, names, on):
    """Those who may be seen, each once; those whose limit ran out first come first."""
    lines = {}
    for number, rows in short.items():
        letter = measures.INDICATORS[number].letter
        for row in rows:
            if row.code:
                line = lines.setdefault(row.file, Line(row, []))
                line.reasons.extend((letter, r, r.late_by(on), names.get(r.agency, "")) for r in row.reasons)
    return sorted(lines.values(), key=lambda line: -max(late for _letter, _reason, late, _whose in line.reasons))


def _unseen(short, names):
    """Of those whose files may not be seen: under which indicator, for what, whose move it is, and how many."""
    counts = Counter(
        (measures.INDICATORS[number].letter, str(reason.words), names.get(reason.agency, ""))
        for number, rows in short.items()
        for row in rows
        if not row.code
        for reason in row.reasons
    )
    return [(*key, n) for key, n in counts.most_common()]


def districts(figures, asked) -> dict:
    """Tallies of each district by indicator, from the same figures; those where nothing arose are only counted."""
    names, district_of = _districts(figures, asked.as_of)
    rows = {code: [Tally()] * len(figures) for code in names}
    for column, figure in enumerate(figures):
        for place, tally in figure.by_place.items():
            cells = rows.setdefault(district_of.get(place, ""), [Tally()] * len(figures))
            cells[column] += tally
    arising = {code: cells for code, cells in rows.items() if any(cell.denominator for cell in cells)}
    return {
        "rows": [(code, names.get(code, _("Nơi khác")), cells) for code, cells in arising.items()],
        "idle": len(names.keys() - arising.keys()),
    }


def objectives(plan) -> list[dict]:
    """The objectives with the clauses that serve each, and whether the program serves those now."""
    every = {clause.pk: clause for clause in plan.clauses.prefetch_related("agencies")}
    serving = defaultdict(list)
    for clause, objective in plans.services(plan):
        serving[objective].append("going" if pages.serving(every[clause]) else "later")
    found = []
    for objective in (clause for clause in every.values() if Kind.OBJECTIVE in clause.kinds):
        states = sorted(serving[objective.pk])
        found.append({
            "clause": objective, "states": states, "served": states.count("going"), "total": len(states),
            "words": _("%(served)s điểm đang phục vụ, %(left)s điểm chưa có")
            % {"served": states.count("going"), "left": states.count("later")},
        })  # fmt: skip
    return found


def deadlines(plan, today) -> dict:
    """What the plan wants next of reports and reviews, with the days left, and how many more after those."""
    dues = plans.deadlines(plan, today, plan.last_day)
    listed = [{"due": due, "left": (due.on - today).days, "soon": (due.on - today).days <= 7} for due in dues[:FEW]]
    return {"listed": listed, "more": len(dues) - len(listed)}


def clause_page(user, clause) -> dict:
    """One clause: its words, who answers, by when, which pages serve it, and what it serves."""
    years = [
        (rule, [rule.due_in(year) for year in range(rule.first_year, rule.last_year + 1)])
        for rule in clause.deadlines.all()
    ]
    return {
        "clause": clause,
        "pages": pages.open_to(user, clause),
        "served": bool(pages.serving(clause)),
        "answerable": [key.label for key in clause.answerable],
        "named": bool(clause.leads),
        "cooperating": [key.label for key in clause.cooperating],
        "deadlines": years,
        "serves": list(clause.serves.all()),
        "served_by": list(plans.serving(clause)),
    }


def clauses_page(user, plan) -> dict:
    """The whole plan in its order, with the state of each clause, and the duties of one's own agency first."""
    outline = [
        (section, [(clause, bool(pages.serving(clause))) for clause in clauses])
        for section, clauses in plans.outline(plan)
    ]
    states = [served for _section, clauses in outline for _clause, served in clauses]
    keys = [key for seat in user.seats for key in pages.keys_of(seat.agency)]
    return {
        "plan": plan,
        "plans": plans.plans(),
        "outline": outline,
        "served": sum(states),
        "total": len(states),
        "own": [(clause, bool(pages.serving(clause))) for clause in plans.led_by(plan, *keys)] if keys else [],
    }


def indicator_url(indicator, query="") -> str:
    """The page of one indicator, keeping the question."""
    url = reverse("reports:indicator", args=[indicator.number])
    return f"{url}?{query}" if query else url


def is_totals_only(user, asked) -> bool:
    """Whether a user sees no more of the answer than the province's totals."""
    return not reach.reach(user).everything and not asked.area and not asked.agency


def _districts(figures, on):
    """The districts of a day by name, and to which of them each place of the figures belongs."""
    names = dict(places.district_choices(on)) or {unit.code: unit.full_name for unit in places.communes(on)}
    keys = {place for figure in figures for place in figure.by_place}
    unit_of = dict(
        Agency.objects.filter(pk__in=[key for key in keys if isinstance(key, int)]).values_list("pk", "unit_code")
    )
    unit_of |= {key: key for key in keys if isinstance(key, str)}
    # A commune's code may outlive its district; it is counted where it lay while these districts stood.
    communes = Unit.objects.filter(level=Level.COMMUNE, code__in=unit_of.values(), parent_code__in=names)
    above = dict(communes.order_by("in_force").values_list("code", "parent_code"))
    return names, {key: unit if unit in names else above.get(unit, "") for key, unit in unit_of.items()}


def _many(figure):
    return figure.total.denominator > MOST_DOTS


def _names(short, on):
    ids = {reason.agency for rows in short.values() for row in rows for reason in row.reasons}
    return agencies.names(ids - {None}, on) if ids else {}


def _kin(figure):
    """Relatives and minors of II.2.c, whom the plan names beside the victims."""
    if figure.indicator.number != "II.2.c":
        return None
    rows = [tally for kind, tally in figure.by_kind.items() if kind != "claimant"]
    return sum(row.numerator for row in rows), sum(row.denominator for row in rows)
