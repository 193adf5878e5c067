"""Plays the written lives of people.yaml through the program's own verbs, by the officers whose work each one is."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from benan.cases import steps
from benan.cases.actions import corrections, receptions, verification
from benan.cases.models import File
from benan.core.text import fold
from benan.reports import measures
from benan.reports.figures import Question
from benan.reports.standing import Standing
from benan.support.actions import homeward, needs, safety
from benan.support.models import Need
from benan.support.needs import GROUPS, INITIAL, KINDS
from tests.cast import COMMUNE, again, agency_of, day

SOURCE = Path(__file__).parent / "people.yaml"
LABELS = {fold(str(kind.label)): key for key, kind in KINDS.items()}
NAMED_GROUPS = {fold(str(label)): key for key, label in GROUPS.items()}
DANGERS = {"có nguy hiểm": "yes", "chưa rõ nguy hiểm": "unknown"}
CLOSINGS = {
    "đã mất": File.Closing.DIED,
    "người ấy không muốn tiếp tục": File.Closing.DECLINED,
    "chuyển cơ quan ngoài tỉnh tiếp tục": File.Closing.TRANSFERRED,
}
SAID = {Standing.MET: "đạt", Standing.LATE: "trễ", Standing.IN_TIME: "trong hạn", Standing.SHORT: "thiếu"}
OUTSIDE = {"not_beneficiary": "ngoài đối tượng", "closed_before_answer": "khép sớm", "joined": "đã ghép"}
KEEPERS = {f"commune-{COMMUNE}": "lan", "labour-737": "hanh", "labour-736": "quang"}
POLICE = {"requested": "police-737", "verifying": "police-737"}


@dataclass(frozen=True)
class Town:
    """The people played: name → file id, what the file says of each, and the question it answers."""

    files: dict
    people: list
    asked: Question
    expected: dict

    def counted(self, letter, *standings):
        """Names of those whom the file expects at these standings of an indicator."""
        return {person["name"] for person in self.people if person["counts"].get(letter) in standings}


def source():
    """The written people."""
    return yaml.safe_load(SOURCE.read_text())


def play(cast, until=None):
    """Have everybody live, or live until a day; the legal day must be the `today` of the file, or that day."""
    spec = source()
    files = {}
    for person in spec["people"]:
        if "with" not in person or person["with"] in files:
            Life(cast, person, files).live(until)
    first, last, as_of = (day(text) for text in (spec["period"]["from"], spec["period"]["to"], spec["as_of"]))
    return Town(files, spec["people"], Question(first, last, as_of), spec["expected"])


def standings(files, asked):
    """Where people stand, as the file says it: name → letter → words; `files`: name → file id."""
    names = {pk: name for name, pk in files.items()}
    found = {name: {} for name in files}
    for indicator in measures.INDICATORS.values():
        rows = measures.concerned(indicator, asked).filter(pk__in=names).exclude(standing=None)
        for pk, standing, outside in rows.values_list("pk", "standing", "outside"):
            found[names[pk]][indicator.letter] = OUTSIDE.get(outside) or SAID[Standing(standing)]
    return found


class Life:
    """One person's lines, one verb each."""

    def __init__(self, cast, person, files):
        self.cast, self.person, self.files = cast, person, files

    def live(self, until=None):
        """Play every line in its order, or those of the days until then."""
        if "with" in self.person:
            principal = self.fetch(self.person["with"])
            file = receptions.add_companion(by=self.officer("lan"), file=principal, kind=self.person["kind"])
            self.files[self.person["name"]] = file.pk
        for line in self.person["life"]:
            when, rest = line.split(" ", 1)
            if until and day(when) > until:
                continue
            verb, _colon, items = rest.partition(": ")
            do = VERBS[verb]
            do(self, day(when), [item.strip() for item in items.split(";") if item])

    def officer(self, name):
        return self.cast.officer(name)

    def fetch(self, name=None):
        return File.objects.unscoped(reason="tests").get(pk=self.files[name or self.person["name"]])

    @property
    def file(self):
        return self.fetch()

    @property
    def keeper(self):
        """Whoever at the responsible agency keeps the file."""
        return self.officer(KEEPERS[self.file.agency.key])

    def need(self, label):
        rows = Need.objects.of(self.file).filter(kind=LABELS[fold(label)])
        return rows.get(met_on=None, refused_on=None, gone_on=None)

    def receive(self, on, items):
        facts = {"nationality": "citizen"} | self.person.get("facts", {})
        file = receptions.receive(by=self.officer("lan"), door="self", came_on=on, area_code=COMMUNE, **facts)
        self.files[self.person["name"]] = file.pk

    def screen(self, on, items):
        danger = next((DANGERS[item] for item in items if item in DANGERS), "no")
        wanted = [key for item in items if (key := LABELS.get(fold(item))) in INITIAL]
        assert len(wanted) + (danger != "no") == len(items)
        needs.screen(by=self.officer("lan"), file=self.file, on=on, danger=danger, needs=wanted)

    def notify(self, on, items):
        receptions.notify_labour(by=self.officer("lan"), file=self.file, on=on)

    def request(self, on, items):
        verification.request_verification(
            by=self.officer("hanh"), file=self.file, on=on, to_unit="737", paper_no="214/LĐTBXH", paper_on=on
        )

    def arrive(self, on, items):
        verification.receive_request(by=self.officer("dung"), file=self.file, on=on, arrival_no="77")

    def report_up(self, on, items):
        verification.report_to_province(by=self.officer("dung"), file=self.file, on=on, reason="complex")

    def report_arrives(self, on, items):
        verification.receive_report(by=self.officer("minh"), file=self.file, on=on, arrival_no="12")

    def answer(self, on, items):
        victim = items == ["là nạn nhân"]
        assert victim or items == ["không phải nạn nhân"]
        paper = {"certificate_no": "12/GXN", "certificate_on": on} if victim else {}
        stage = self.file.tracks.get(kind="verification").stage
        verification.record_answer(
            by=self.officer("hanh"), file=self.file, on=on, outcome="victim" if victim else "not_victim", paper_no="90/CA",
            paper_on=on, for_agency=agency_of(POLICE.get(stage, "police_province")), **paper,
        )  # fmt: skip

    def prove(self, on, items):
        verification.record_proof(
            by=self.officer("hanh"), file=self.file, on=on, basis="district_police", issuer="district_police",
            certificate_no="3/GXN", certificate_on=on,
        )  # fmt: skip

    def assess(self, on, items):
        skipped = {NAMED_GROUPS[fold(item.removeprefix("chưa hỏi nhóm "))] for item in items if "chưa hỏi nhóm" in item}
        left = [item for item in items if not item.startswith("chưa hỏi")]
        asked = "chưa hỏi an toàn" not in items
        needs.assess(
            by=self.officer("hanh"), file=self.file, on=on, needs=[LABELS[fold(item)] for item in left],
            groups=[key for key in GROUPS if key not in skipped], safety_asked=asked, danger="no" if asked else None,
            advice_asked="chưa hỏi tư vấn" not in items,
        )  # fmt: skip

    def provide(self, outcome):
        def do(on, items):
            for label in items:
                needs.provide(by=self.keeper, need=self.need(label), outcome=outcome, on=on)

        return do

    def gone(self, on, items):
        for label in items:
            needs.end_need(by=self.officer("hanh"), need=self.need(label), on=on)

    def protect(self, on, items):
        safety.start(by=self.officer("lan"), file=self.file, on=on, kind="refuge", consented=True)

    def refuse_protection(self, on, items):
        safety.refuse(by=self.officer("lan"), file=self.file, on=on, warned=True)

    def return_home(self, on, items):
        homeward.return_home(
            by=self.officer("hanh"), file=self.file, on=on, residence_code=COMMUNE, safety_assessed=True
        )

    def move(self, on, items):
        hanh, quang = self.officer("hanh"), self.officer("quang")
        referral = homeward.refer(
            by=hanh, file=self.file, kind="residence", receiver=agency_of("labour-736"), on=on, consent="written"
        )
        homeward.accept(by=quang, referral=referral, on=on)
        homeward.arrive(by=quang, referral=again(referral), on=on)

    def close(self, on, items):
        homeward.close(by=self.officer("hanh"), file=self.file, on=on, closing=CLOSINGS[items[0]])

    def correct(self, on, items):
        moves = {"báo Phòng LĐ-TB&XH": "notify_labour"}
        step = steps.current(self.file).get(key=moves[items[0]])
        corrections.correct_day(by=self.officer("hanh"), step=step, on=on, words="Ghi nhầm ngày.")


VERBS = {
    "đến trình báo": Life.receive,
    "hỏi nhu cầu ban đầu": Life.screen,
    "báo Phòng LĐ-TB&XH": Life.notify,
    "gửi đề nghị xác minh": Life.request,
    "Công an nhận đề nghị": Life.arrive,
    "Công an huyện báo cáo Công an tỉnh": Life.report_up,
    "Công an tỉnh nhận báo cáo": Life.report_arrives,
    "trả lời": Life.answer,
    "có giấy xác nhận": Life.prove,
    "đánh giá nhu cầu": Life.assess,
    "đã đề nghị": lambda life, on, items: life.provide("offered")(on, items),
    "từ chối": lambda life, on, items: life.provide("refused")(on, items),
    "đã hỗ trợ": lambda life, on, items: life.provide("given")(on, items),
    "không còn cần": Life.gone,
    "áp dụng biện pháp bảo vệ": Life.protect,
    "từ chối bảo vệ": Life.refuse_protection,
    "về nơi cư trú": Life.return_home,
    "chuyển về Định Quán": Life.move,
    "kết thúc hồ sơ": Life.close,
    "sửa ngày": Life.correct,
}
