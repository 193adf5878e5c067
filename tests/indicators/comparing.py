"""Holds stored standings to the queries of the oracle: figures, places, kinds, what stands apart, and who falls short of what."""

from collections import Counter

from benan.indicators import counting, shortfalls
from benan.indicators.measures import MEASURES
from tests.indicators.oracle import figures as oracle_figures
from tests.indicators.oracle import measures as oracle_measures
from tests.indicators.oracle import shortfalls as oracle_shortfalls


def by_oracle(measure, asked):
    """All that the oracle says of one measure."""
    theirs = next(each for each in oracle_measures.MEASURES if each.key == measure.key)
    found = oracle_figures.figure(theirs, asked)
    short = oracle_shortfalls.cases_falling_short(found, asked)
    return said(found, short)


def by_standings(measure, asked):
    """All that the stored standings say of one measure."""
    return said(counting.figure(measure, asked), shortfalls.cases_falling_short(measure, asked))


def said(figure, short):
    """A figure, and who falls short of what, to be compared."""
    rows = [
        (
            row.case,
            row.place,
            [(each.duty, str(each.words), each.missing, each.agency, each.due_on) for each in row.reasons],
        )
        for row in short
    ]
    return {
        "total": figure.total, "place": figure.by_place, "kind": figure.by_kind, "apart": figure.apart, "short": rows,
    }  # fmt: skip


def differences(asked):
    """Where both say different things of a question: (measure, what, oracle, standings)."""
    found = []
    for measure in MEASURES:
        theirs, ours = by_oracle(measure, asked), by_standings(measure, asked)
        found += [(measure.key, what, theirs[what], ours[what]) for what in theirs if theirs[what] != ours[what]]
    return found


def as_listed(asked, user, most):
    """Who falls short as the lists of every case say it: people, the first of those a user may see, how many more, the others."""
    found = {measure.key: shortfalls.cases_falling_short(measure, asked) for measure in MEASURES}
    seen, unseen = {}, Counter()
    for key, rows in (shortfalls.with_names(found, user) if user else found).items():
        for row in rows:
            if row.code:
                seen.setdefault((row.case, row.code), []).extend((key, reason) for reason in row.reasons)
            else:
                unseen.update((key, reason.duty, str(reason.words), reason.agency) for reason in row.reasons)
    lines = sorted(seen.items(), key=lambda line: -max(reason.late_by(asked.as_of) for _key, reason in line[1]))
    return len({row.case for rows in found.values() for row in rows}), lines[:most], len(lines[most:]), unseen


def as_summed(asked, user, most):
    """The same as `shortfalls` says it."""
    found = shortfalls.shortfalls(counting.figures(MEASURES, asked), asked, user, most)
    lines = [((line.row.case, line.row.code), line.reasons) for line in found.listed]
    unseen = Counter({(key.measure, key.duty, str(key.words), key.agency): n for key, n in found.unseen})
    return found.people, lines, found.more, unseen
