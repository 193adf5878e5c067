"""The procedure files: what they say, and that a fault in one is found by its line."""

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from benan.accounts.roles import P
from benan.agencies.kinds import AgencyKind
from benan.core.days import legal_day
from benan.core.refusals import Refused
from benan.rules import loading, parsing, procedures
from benan.rules.limits import LimitTable
from benan.rules.reading import DATA, parse
from benan.rules.refusals import NotInForce, Unreadable

DAY = dt.date(2017, 10, 20)
NAME = "procedures/self_reported.2014-03-25.yaml"
TEXT = (DATA / NAME).read_text(encoding="utf-8")
ASKED = "receive notify_labour request_verification"
ROADS_TO_AN_END = {
    "a paper is found": "receive notify_labour take_notice record_proof",
    "the district answers yes": f"{ASKED} receive_request answer_victim",
    "the district answers no": f"{ASKED} receive_request answer_not_victim tell_outcome",
    "the receipt is never recorded": f"{ASKED} answer_victim",
    "the province answers": f"{ASKED} receive_request report_to_province receive_report answer_victim",
    "a paper comes after a no": f"{ASKED} answer_not_victim tell_outcome record_proof",
    "a foreigner": "receive notify_labour take_notice hand_to_immigration",
    "the file closes": "receive notify_labour close_verification",
    "a measure": "ask_danger find_need start_measure review_measure end_measure",
    "danger comes back": "ask_danger find_no_need ask_danger_again find_need record_refusal",
    "danger while a measure is in force": "ask_danger find_need start_measure find_more_need review_measure end_measure",
    "an emergency": "ask_danger start_measure end_measure",
    "no measure, with a reason": "ask_danger find_need decline_measure",
    "shelter and home": "screen_needs assess_needs enter_shelter return_home start_reintegration start_following "
    "close_support",
    "from one shelter to another": "screen_needs enter_shelter leave_shelter enter_shelter close_support",
    "straight to a shelter": "enter_shelter_first leave_shelter close_support",
    "home at once": "screen_needs return_home close_support",
}


@pytest.fixture
def procedure():
    return procedures.version_on("self_reported", DAY)


def test_a_published_file_is_never_changed():
    lines = (Path(__file__).parent / "published.sha256").read_text(encoding="utf-8").split("\n")
    known = dict(reversed(line.split("  ")) for line in lines if line)
    for version in procedures.versions():
        if version.in_force.lower <= legal_day():
            name = f"{version.key}.{version.in_force.lower}.yaml"
            content = (DATA / "procedures" / name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == known[name], name


@pytest.mark.parametrize("road", ROADS_TO_AN_END.values(), ids=ROADS_TO_AN_END)
def test_every_road_of_the_procedure_can_be_walked(procedure, road):
    track, stage = next(move.track for move in procedure.moves if move.key == road.split()[0]), None
    for key in road.split():
        stage = procedure.choose(track, stage, key).target
    assert procedure.tracks[track].stages[stage].ends


def test_every_move_is_walked_by_some_road(procedure):
    walked = {key for road in ROADS_TO_AN_END.values() for key in road.split()}
    assert {move.key for move in procedure.moves if move.target} == walked


def test_permissions_and_holders_are_those_of_accounts(procedure):
    assert {name for move in procedure.moves for name in move.permissions} <= set(P)
    assert set(procedure.agencies) - set(AgencyKind) == {"first_contact", "responsible", "person"}


def test_its_instruments_are_known(procedure):
    assert {key for key, _articles in procedure.sources} <= {row.key for row in loading.instruments()}


def test_a_move_that_the_stage_does_not_allow_is_refused_with_both_names(procedure):
    with pytest.raises(Refused, match="Ghi nhận trả lời: là nạn nhân.*Tiếp nhận"):
        procedure.choose("verification", "received", "answer_victim")


def test_nothing_leads_on_from_a_closed_verification(procedure):
    assert procedure.moves_from("verification", "closed") == ()


def test_a_foreigner_is_shown_the_way_of_article_8(procedure):
    assert "Điều 8 TTLT 01/2014" in procedure.conditions["not_declared_foreign"]


def test_each_track_names_its_own_conditions():
    names = [procedures.condition_names(track) for track in ("verification", "protection", "support")]
    assert "proof_recorded" in names[0] and "consent_recorded" in names[1] and "plan_recorded" in names[2]
    assert not names[0] & names[1] and not names[1] & names[2]


def test_after_the_last_day_the_refusal_says_when_the_procedure_ended():
    assert procedures.version_on("self_reported", dt.date(2025, 6, 30))
    with pytest.raises(NotInForce, match="hết hiệu lực sau ngày 30/06/2025"):
        procedures.version_on("self_reported", dt.date(2025, 7, 1))


def test_before_the_first_day_the_refusal_says_when_it_begins():
    assert procedures.version_on("self_reported", dt.date(2014, 3, 25))
    with pytest.raises(NotInForce, match="từ ngày 25/03/2014"):
        procedures.version_on("self_reported", dt.date(2014, 3, 24))


def test_an_unknown_procedure_is_refused():
    with pytest.raises(Refused, match="rescued"):
        procedures.version_on("rescued", DAY)


def test_every_limit_has_a_value_on_every_day_of_its_procedure(limits):
    loading.check_coverage(limits)


def test_a_day_without_a_value_is_found():
    rows = [row for row in loading.limits() if row.certainty != "memory_medium"]
    with pytest.raises(NotInForce, match="shelter_meals.*15/01/2020"):
        loading.check_coverage(LimitTable(rows))


def test_no_limit_is_loaded_that_no_procedure_names():
    named = {duty.limit for version in procedures.versions() for duty in version.duties}
    assert {row.key for row in loading.limits()} == named


@pytest.mark.parametrize(
    ("history", "drawn"),
    [
        ([], "·Tiếp nhận ·Báo huyện ·Đề nghị xác minh ·Công an xác minh ·Trả lời bằng văn bản"),
        (
            ["received", "notified", "requested", "verifying"],
            "✓Tiếp nhận ✓Báo huyện ✓Đề nghị xác minh ●Công an xác minh ·Trả lời bằng văn bản",
        ),
        (
            ["received", "notified", "requested", "verifying", "reported_up"],
            "✓Tiếp nhận ✓Báo huyện ✓Đề nghị xác minh ✓Công an xác minh ●Báo cáo Công an tỉnh ·Trả lời bằng văn bản",
        ),
        (
            ["received", "notified", "taken"],
            "✓Tiếp nhận ✓Báo huyện ●Huyện tiếp nhận ·Đề nghị xác minh ·Công an xác minh ·Trả lời bằng văn bản",
        ),
        (["received", "notified", "victim"], "✓Tiếp nhận ✓Báo huyện ●Là nạn nhân"),
        (
            ["received", "notified", "requested", "not_victim"],
            "✓Tiếp nhận ✓Báo huyện ✓Đề nghị xác minh ●Không phải nạn nhân ·Báo người ấy và giới thiệu tiếp",
        ),
    ],
)
def test_the_picture_shows_what_is_passed_where_we_are_and_what_lies_ahead(procedure, history, drawn):
    marks = {"done": "✓", "here": "●", "ahead": "·"}
    stations = procedure.stations("verification", [(stage, DAY) for stage in history])
    assert " ".join(marks[station.state] + station.label for station in stations) == drawn


def test_a_stage_reached_again_is_drawn_where_it_was_reached_last(procedure):
    again = [(stage, DAY) for stage in ("asked", "not_needed", "asked")]
    states = [(station.key, station.state) for station in procedure.stations("protection", again)]
    assert states[:3] == [("not_needed", "done"), ("asked", "here"), ("needed", "ahead")]


def test_a_stage_already_passed_does_not_lie_ahead_again(procedure):
    there_and_back = [(stage, DAY) for stage in ("initial", "at_residence", "in_shelter")]
    keys = [station.key for station in procedure.stations("support", there_and_back)]
    assert keys == ["initial", "at_residence", "in_shelter", "reintegrating", "following", ""]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("to: notified", "to: notifyed", "không có giai đoạn nào là «notifyed»"),
        ("needs: [proof_recorded]", "needs: [proof]", "không có điều kiện nào là «proof»"),
        ("event: labour_notified", "event: told", "không có việc nào là «told»"),
        ("    track: support\n    from: []", "    track: aid\n    from: []", "không có quy trình nào là «aid»"),
        ("holder: shelter", "holder: hotel", "không có cơ quan nào là «hotel»"),
        ("    due_of: shelter_stay", "    due_of: nothing", "không có hạn ở trên nào là «nothing»"),
        ("    due_of: shelter_stay\n", "", "cần đúng một trong hai mục"),
        ("    when: [child]", "    when: [adult]", "không có việc hoặc điều nào là «adult»"),
        ("from: 25/03/2014", "from: 31/02/2014", "không có ngày 31/02/2014 trong lịch"),
        ("to: 30/06/2025", "to: 30/06/2013", "ngày cuối sớm hơn ngày đầu"),
        ("  - key: notify_labour", "  - key: receive", "bước «receive» được ghi hai lần"),
        ("label: Báo huyện, holder", "name: Báo huyện, holder", "thiếu mục «label»"),
        ("to: outside", "to: closed", "không bước nào dẫn đến «outside»"),
        ("aside: true\n        goal", "aside: maybe\n        goal", "cần true hoặc false"),
        ("  proof_absent: ", "  proof_lost: Mất.\n  proof_absent: ", "không bước nào cần điều kiện «proof_lost»"),
    ],
)
def test_a_fault_in_a_file_is_told_with_its_line(old, new, fault):
    assert old in TEXT
    with pytest.raises(Unreadable, match=rf"dòng \d+: .*{fault}"):
        parsing.procedure(parse(TEXT.replace(old, new, 1).encode(), NAME))
