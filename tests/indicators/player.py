"""Plays the written lives of people.yaml by the demo's own player, after putting each line into the words of the demo."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from benan.cases.actions import receptions
from benan.cases.models import Case
from benan.core.figures import Question, Standing
from benan.core.text import fold
from benan.indicators import counting
from benan.needs.kinds import GROUPS, INITIAL, KINDS
from benan.shell.demo import lives
from benan.shell.demo.cast import Officers
from benan.shell.demo.lives import Line
from benan.shell.demo.telling import Telling
from tests.cast import COMMUNE, day
from tests.indicators.numbers import INDICATORS, LETTERS

SOURCE = Path(__file__).parent / "people.yaml"
LABELS = {fold(str(kind.label)): key for key, kind in KINDS.items()}
NAMED_GROUPS = {fold(str(label)): key for key, label in GROUPS.items()}
DANGERS = {"có nguy hiểm": "yes", "chưa rõ nguy hiểm": "unknown"}
CLOSINGS = {
    "đã mất": Case.Closing.DIED,
    "người ấy không muốn tiếp tục": Case.Closing.DECLINED,
    "chuyển cơ quan ngoài tỉnh tiếp tục": Case.Closing.TRANSFERRED,
}
EVENTS = {"báo Phòng LĐ-TB&XH": "labour_notified"}
SAID = {Standing.MET: "đạt", Standing.LATE: "trễ", Standing.IN_TIME: "trong hạn", Standing.SHORT: "thiếu"}
OUTSIDE = {"not_beneficiary": "ngoài đối tượng", "closed_before_answer": "khép sớm", "joined": "đã ghép"}


@dataclass(frozen=True)
class Town:
    """The people played: name → case id, what the case says of each, and the question it answers."""

    cases: dict
    people: list
    asked: Question
    expected: dict

    def counted(self, letter, *standings):
        """Names of those whom the case expects at these standings of an indicator."""
        return {person["name"] for person in self.people if person["counts"].get(letter) in standings}


def source():
    """The written people."""
    return yaml.safe_load(SOURCE.read_text())


def play(cast, until=None):
    """Have everybody live, or live until a day; the legal day must be the `today` of the case, or that day."""
    spec = source()
    cases = {}
    for person in spec["people"]:
        if "with" not in person or person["with"] in cases:
            Life(cast, person, cases).live(until)
    first, last, as_of = (day(text) for text in (spec["period"]["from"], spec["period"]["to"], spec["as_of"]))
    return Town(cases, spec["people"], Question(first, last, as_of), spec["expected"])


def standings(cases, asked):
    """Where people stand, as the case says it: name → letter → words; `cases`: name → case id."""
    names = {pk: name for name, pk in cases.items()}
    found = {name: {} for name in cases}
    for indicator in INDICATORS.values():
        for row in counting.concerned(indicator, asked).filter(case__in=names):
            words = OUTSIDE.get(row["outside"]) or SAID[Standing(row["standing"])]
            found[names[row["case"]]][LETTERS[indicator.key]] = words
    return found


class Life:
    """One person's lines, each as one or more lines of the demo."""

    def __init__(self, cast, person, cases):
        self.cast, self.person, self.cases = cast, person, cases

    def live(self, until=None):
        """Play every line in its order, or those of the days until then."""
        written = [line.split(" ", 1) for line in self.person["life"]]
        who = {"nationality": "citizen"} | self.person.get("facts", {})
        told = tuple(Line(day(when), "", (), {}) for when, _rest in written)
        telling = Telling(lives.Life(self.person["name"], COMMUNE, who, told), Officers())
        if "with" in self.person:
            principal = Case.objects.unscoped(reason="tests").get(pk=self.cases[self.person["with"]])
            self._began(telling, receptions.add_companion(
                by=self.cast.officer("lan"), case=principal, kind=self.person["kind"]
            ))  # fmt: skip
        for when, rest in written:
            if not (until and day(when) > until):
                verb, _colon, items = rest.partition(": ")
                for deed, words, options in DEEDS[verb](when, [item.strip() for item in items.split(";") if item]):
                    telling.do(Line(day(when), deed, tuple(words), self._by(telling, deed) | options))
                self._began(telling, telling.people[""])

    def _began(self, telling, case):
        telling.people[""] = case
        self.cases[self.person["name"]] = case.pk

    def _by(self, telling, deed):
        """Lan does what the commune does, and supports until a labour office is responsible."""
        if deed in ("protect", "refuse_protection"):
            return {"by": "lan"}
        if deed in ("provide", "offer", "refuse"):
            case = Case.objects.unscoped(reason="tests").select_related("agency").get(pk=telling.people[""].pk)
            return {"by": "lan"} if case.agency.key == f"commune-{COMMUNE}" else {}
        return {}


def _screened(when, items):
    danger = next((DANGERS[item] for item in items if item in DANGERS), "no")
    wanted = [key for item in items if (key := LABELS.get(fold(item))) in INITIAL]
    assert len(wanted) + (danger != "no") == len(items)
    yield "screen", wanted, {"danger": danger}


def _answered(when, items):
    victim = items == ["là nạn nhân"]
    assert victim or items == ["không phải nạn nhân"]
    yield "answer", ["victim" if victim else "not_victim"], {}


def _assessed(when, items):
    skipped = {NAMED_GROUPS[fold(item.removeprefix("chưa hỏi nhóm "))] for item in items if "chưa hỏi nhóm" in item}
    yield "assess", _kinds(item for item in items if not item.startswith("chưa hỏi")), {
        "groups": ",".join(key for key in GROUPS if key not in skipped),
        "danger": "" if "chưa hỏi an toàn" in items else "no",
        "advice": "no" if "chưa hỏi tư vấn" in items else "yes",
    }  # fmt: skip


def _moved(when, items):
    yield from (("refer", ["residence", "labour-736"], {}), ("accept", [], {}), ("arrive", [], {}))


def _kinds(items):
    return [LABELS[fold(item)] for item in items]


# What a line of the file says, as deeds of the demo: (word of `Telling`, its words, its named details).
DEEDS = {
    "đến trình báo": lambda when, items: [("receive", ["self"], {})],
    "hỏi nhu cầu ban đầu": _screened,
    "báo Phòng LĐ-TB&XH": lambda when, items: [("notify", [], {})],
    "gửi đề nghị xác minh": lambda when, items: [("request", ["737"], {})],
    "Công an nhận đề nghị": lambda when, items: [("receipt", [], {})],
    "Công an huyện báo cáo Công an tỉnh": lambda when, items: [("report", ["complex"], {})],
    "Công an tỉnh nhận báo cáo": lambda when, items: [("report_receipt", [], {})],
    "trả lời": _answered,
    "có giấy xác nhận": lambda when, items: [("proof", ["district_police"] * 2, {"no": "3/GXN", "dated": when})],
    "đánh giá nhu cầu": _assessed,
    "đã đề nghị": lambda when, items: [("offer", _kinds(items), {})],
    "từ chối": lambda when, items: [("refuse", _kinds(items), {})],
    "đã hỗ trợ": lambda when, items: [("provide", _kinds(items), {})],
    "không còn cần": lambda when, items: [("no_longer", _kinds(items), {})],
    "áp dụng biện pháp bảo vệ": lambda when, items: [("protect", ["refuge"], {"danger": "stands"})],
    "từ chối bảo vệ": lambda when, items: [("refuse_protection", [], {})],
    "về nơi cư trú": lambda when, items: [("home", [COMMUNE], {"safe": "yes"})],
    "chuyển về Định Quán": _moved,
    "kết thúc hồ sơ": lambda when, items: [("close", [CLOSINGS[items[0]]], {})],
    "sửa ngày": lambda when, items: [("correct", [EVENTS[items[0]], when], {})],
}
