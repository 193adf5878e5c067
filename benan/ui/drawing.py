"""Geometry of the drawings: what stands where, in whole picture units, as strings ready for SVG.

Pure functions: they know neither templates nor the language. Colours and strokes are in the stylesheet.
"""

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

FULL_STOP = 20  # days up to which a gauge shows one cell per day


def number(value: float) -> str:
    """A coordinate, with one decimal at most and always with a point."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Gauge:
    """A water gauge: cells (x, width, filled), the post at the legal day, and what ran over it."""

    width: str
    cells: list[tuple[str, str, bool]]
    post: str
    over: tuple[str, str] | None
    hatching: str


def gauge(gone: int, total: int, width: int = 106) -> Gauge:
    """Days gone of a limit of `total` days; more gone than the total runs over the post.

    Up to twenty days every day is a cell; a longer limit is one bar. The overflow takes two fifths of
    the width at most, so that the post never leaves the drawing.
    """
    gone, total, room = max(gone, 0), max(total, 1), width - 2
    over = min(gone - total, total * 2 / 3) if gone > total else 0
    day = room / (total + over)
    post, filled = day * total, min(gone, total)
    if total <= FULL_STOP:
        cells = [(number(i * day + 0.6), number(day - 1.2), i < filled) for i in range(total)]
    else:
        cells = [("0", number(post), False)] + [("0", number(filled * day), True)] * (filled > 0)
    spill = (number(post + 0.8), number(room - post - 0.8)) if over else None
    lines = [f"M{number(x)} 9.5l5-7" for x in _steps(post + 1, room - 5, 4)] if over else []
    return Gauge(str(width), cells, number(post), spill, "".join(lines))


@dataclass(frozen=True)
class Dots:
    """People as dots in rows: circles (x, y) for those served, rings (x, y, who) for those still without."""

    width: str
    height: str
    served: list[tuple[str, str]]
    missing: list[tuple[str, str, object]]


def dots(served: int, missing: list, per_row: int = 14) -> Dots:
    """One dot per person; `missing` holds whatever the page knows of each person still without."""
    total = served + len(missing)
    places = [(number(8 + i % per_row * 16.5), number(9 + i // per_row * 18)) for i in range(total)]
    rows = max(1, -(-total // per_row))
    rings = [(x, y, who) for (x, y), who in zip(places[served:], missing, strict=True)]
    return Dots(number(min(max(total, 1), per_row) * 16.5), str(rows * 18), places[:served], rings)


@dataclass(frozen=True)
class Station:
    """One station of a stream and the lines of text around it: (x, y, anchor, text, kind)."""

    x: str
    state: str
    texts: list[tuple[str, str, str, str, str]]


@dataclass(frozen=True)
class Stream:
    """One stream: its height, the water behind and ahead, the stations, and the same facts as words."""

    label: str
    y: str
    behind: str
    ahead: str
    stations: list[Station]
    short: list[tuple[str, str]]
    short_behind: str
    here: dict | None
    done: list[str]
    todo: list[str]
    place: int
    count: int


@dataclass(frozen=True)
class Picture:
    """The whole procedure: size, streams and the harbour where they end."""

    width: str
    height: str
    middle: str
    streams: list[Stream] = field(default_factory=list)


LEFT, RIGHT, MOUTH, WIDTH = 112, 858, 942, 1064
LINE, TEXT, BOLD, GAP = 15, 12.5, 13, 10
SHORT_LEFT, SHORT_RIGHT = 6, 202


def procedure(streams: list[dict]) -> Picture:
    """The streams of a procedure flowing into one harbour.

    A stream is {key, label, stations}, a station {key, label, state, under}, where state is done, here
    or ahead, and under is a short remark such as "17/10" or "". Order is the caller's. Labels are
    wrapped, and where they would still touch they stand above and below the line by turns.
    """
    laid = [_lay(stream["stations"], _rooms(i, len(streams))) for i, stream in enumerate(streams)]
    tops, bottom = [], 0.0
    for above, below, _ in laid:
        tops.append(bottom + above)
        bottom += above + below + GAP
    height = max(bottom - GAP, 196.0)
    shift = (height - (bottom - GAP)) / 2
    middle = height / 2
    drawn = []
    for i, (stream, (_, _, texts)) in enumerate(zip(streams, laid, strict=True)):
        end = middle + (i - (len(streams) - 1) / 2) * (22 if len(streams) < 6 else 19)
        drawn.append(_stream(stream, texts, tops[i] + shift, end))
    return Picture(str(WIDTH), number(height), number(middle), drawn)


def _stream(stream: dict, texts: list, y: float, end: float) -> Stream:
    stations = stream["stations"]
    xs = _spread(len(stations), LEFT, RIGHT)
    reached = _reached(stations)
    curve = f"C{RIGHT + 50} {number(y)} {RIGHT + 50} {number(end)} {MOUTH} {number(end)}"
    finished = reached == len(stations) - 1 and stations[-1]["state"] == "done"
    here_x = number(xs[reached]) if reached >= 0 else str(LEFT)
    behind = f"M{LEFT} {number(y)}H{RIGHT}{curve}" if finished else f"M{LEFT} {number(y)}H{here_x}"
    placed = [
        Station(
            number(x), one["state"],
            [(number(x + dx), number(dy), anchor, text, kind) for dx, dy, anchor, text, kind in lines],
        )
        for x, one, lines in zip(xs, stations, texts, strict=True)
    ]  # fmt: skip
    short = _spread(len(stations), SHORT_LEFT, SHORT_RIGHT)
    return Stream(
        label=stream["label"],
        y=number(y),
        behind=behind if reached >= 0 else "",
        ahead="" if finished else f"M{here_x} {number(y)}H{RIGHT}{curve}",
        stations=placed,
        short=[(number(x), one["state"]) for x, one in zip(short, stations, strict=True)],
        short_behind=number(short[reached]) if reached >= 0 else "",
        here=next((one for one in stations if one["state"] == "here"), None),
        done=[one["label"] for one in stations if one["state"] == "done"],
        todo=[one["label"] for one in stations if one["state"] == "ahead"],
        place=reached + 1,
        count=len(stations),
    )


def _rooms(i: int, count: int) -> tuple[int, int]:
    """How far the text above and below a last station may reach right: the water turns to the harbour there."""
    above = 70 if i == 0 else 14 if 2 * i > count - 1 else 22
    below = 70 if i == count - 1 else 14 if 2 * i < count - 1 else 22
    return above, below


def _lay(stations: list[dict], rooms: tuple[int, int]) -> tuple[float, float, list]:
    """Room above and below the line, and per station its lines of text relative to the station."""
    for alternate, most in ((False, 2), (True, 3)):
        for limit in (240, 200, 165, 140, 120, 104, 90):
            sides = [_sides(i, one, limit, alternate) for i, one in enumerate(stations)]
            if max(len(lines) for pair in sides for lines in pair) <= most and _fits(sides, rooms):
                return _place(stations, sides, rooms)
    return _place(stations, [_sides(i, one, 90, True) for i, one in enumerate(stations)], rooms)


def _sides(i: int, station: dict, limit: float, alternate: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines above and below a station; by turns, everything of one station stands on one side."""
    size = BOLD if station["state"] == "here" else TEXT
    label, under = (_lines(str(station.get(part) or ""), limit, size) for part in ("label", "under"))
    if not alternate:
        return label, under
    return ((), label + under) if i % 2 else (label + under, ())


@lru_cache(maxsize=4096)
def _lines(text: str, limit: float, size: float) -> tuple[str, ...]:
    """The text in as few lines as the limit allows, about equally long. The labels of procedures come back every time."""
    lines = _wrap(text, limit, size)
    while limit > 60 and len(narrower := _wrap(text, limit - 6, size)) == len(lines):
        lines, limit = narrower, limit - 6
    return tuple(lines)


def _wrap(text: str, limit: float, size: float) -> list[str]:
    lines: list[str] = []
    for word in text.replace(" · ", "\u00a0· ").split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if not word:
            continue
        if lines and breadth(longer, size) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def breadth(text: str, size: float = TEXT) -> float:
    """About how wide a text is in Be Vietnam Pro, rather too wide than too narrow."""
    plain = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return 1.05 * size * sum(_share(c) for c in plain)


def _share(letter: str) -> float:
    if letter in "iljI.,·:;'| ":
        return 0.29
    if letter in "ftr-()/":
        return 0.43
    return 0.9 if letter in "mwMW" else 0.76 if letter.isupper() else 0.63


def _fits(sides: list, rooms: tuple[int, int]) -> bool:
    """Whether no two blocks of text on the same side of the line touch."""
    xs = _spread(len(sides), LEFT, RIGHT)
    spans = []
    for i, (x, pair) in enumerate(zip(xs, sides, strict=True)):
        for side, lines in enumerate(pair):
            if lines:
                wide = _widest(lines)
                dx, anchor = _anchor(i, len(sides), wide, rooms[side])
                left = x + dx - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
                spans.append((side, left, left + wide))
    return all(a[0] != b[0] or a[2] + 8 <= b[1] for a, b in pairwise(sorted(spans)))


def _widest(lines: tuple[str, ...]) -> float:
    return max((breadth(line, BOLD) for line in lines), default=0)


def _anchor(i: int, count: int, wide: float, room: int) -> tuple[float, str]:
    """The first text starts at its station; the last ends where its room ends, if it is long."""
    if i == 0:
        return -8, "start"
    return (room, "end") if i == count - 1 and wide / 2 > room else (0, "middle")


def _place(stations: list[dict], sides: list, rooms: tuple[int, int]) -> tuple[float, float, list]:
    above = below = 22.0
    placed = []
    for i, (one, (upper, lower)) in enumerate(zip(stations, sides, strict=True)):
        near = 22 if one["state"] == "here" else 15
        kind = {"here": "here", "ahead": "ahead"}.get(one["state"], "")
        up, down = (_anchor(i, len(sides), _widest(lines), rooms[n]) for n, lines in enumerate((upper, lower)))
        texts = [(up[0], -near - LINE * (len(upper) - 1 - n), up[1], line, kind) for n, line in enumerate(upper)]
        texts += [(down[0], near + 9 + LINE * n, down[1], line, kind) for n, line in enumerate(lower)]
        above = max(above, near + LINE * max(len(upper) - 1, 0) + 12)
        below = max(below, near + 9 + LINE * max(len(lower) - 1, 0) + 5)
        placed.append(texts)
    return above, below, placed


def _reached(stations: list[dict]) -> int:
    return max((i for i, one in enumerate(stations) if one["state"] != "ahead"), default=-1)


def _spread(count: int, left: float, right: float) -> list[float]:
    return [left + (right - left) * i / max(count - 1, 1) for i in range(count)]


def _steps(start: float, stop: float, by: float) -> list[float]:
    return [start + by * i for i in range(max(0, int((stop - start) // by) + 1))]
