"""Two versions of one procedure side by side: a case stays under its own until the stage map takes it over."""

import datetime as dt

import pytest

from benan.cases import acts
from benan.core.refusals import Refused
from benan.rules import loading, procedures
from benan.rules.refusals import NotInForce
from benan.verification import actions as verification
from tests.cast import TODAY, again

NEXT = TODAY + dt.timedelta(days=1)
STAGES = ("received", "notified", "taken", "requested", "verifying", "reported_up", "verifying_province", "victim",
          "not_victim", "not_victim_told", "outside", "closed")  # fmt: skip


def second_version(text, stages):
    """The procedure from tomorrow on: the police examine instead of verifying, and answer in fewer words."""
    text = text.replace("{from: 25/03/2014, to: 30/06/2025}", f"{{from: {NEXT:%d/%m/%Y}, to: 30/06/2025}}")
    text = text.replace("key: verifying,", "key: examining,").replace("verifying]", "examining]")
    for word in ("[requested, verifying,", "requested, verifying, reported_up", "to: verifying\n"):
        text = text.replace(word, word.replace("verifying", "examining"))
    mapped = "".join(f"        {old}: {new}\n" for old, new in stages.items())
    others = ""
    for track in ("protection", "support"):
        known = procedures.version_on("self_reported", TODAY).tracks[track].stages
        others += f"      {track}:\n" + "".join(f"        {key}: {key}\n" for key in known)
    map_ = f"\ntakes_over:\n  - version: 25/03/2014\n    stages:\n      verification:\n{mapped}{others}"
    return text + map_


@pytest.fixture
def versions(settings, tmp_path):
    """Call with the stages that the second version maps; both versions are then those of the program."""

    def put(stages):
        (folder,) = settings.PROCEDURES
        for path in folder.glob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            if path.name.startswith("self_reported"):
                (tmp_path / "later.yaml").write_text(second_version(text, stages), encoding="utf-8")
                text = text.replace("to: 30/06/2025}", f"to: {TODAY:%d/%m/%Y}}}", 1)
            (tmp_path / path.name).write_text(text, encoding="utf-8")
        settings.PROCEDURES = [tmp_path]

    return put


def where(case):
    """The version and stage at which verification is recorded."""
    return case.tracks.values_list("version", "stage").get(kind="verification")


FIRST = dt.date(2014, 3, 25)
WHOLE = {stage: stage for stage in STAGES} | {"verifying": "examining"}


def test_each_case_is_under_the_version_of_its_own_day(versions, cast, on_day):
    old = cast.notified()
    versions(WHOLE)
    on_day(f"{NEXT:%d/%m/%Y}")
    new = cast.received(came_on=NEXT)
    assert where(old) == (FIRST, "notified") and where(new) == (NEXT, "received")


def test_a_case_goes_on_under_the_second_version_at_the_stage_that_the_map_gives(versions, verifying, dung, on_day):
    case = verifying()
    versions(WHOLE)
    on_day(f"{NEXT:%d/%m/%Y}")
    assert acts.tracks_of(again(case))["verification"].stage == "examining"
    verification.report_to_province(by=dung, case=case, on=NEXT, reason="complex")
    assert where(case) == (NEXT, "reported_up")
    assert case.steps.order_by("-pk").first().procedure == f"self_reported.{NEXT}"


def test_on_its_own_days_the_first_version_holds(versions, verifying, dung):
    case = verifying()
    versions(WHOLE)
    verification.report_to_province(by=dung, case=case, on=TODAY, reason="complex")
    assert where(case) == (FIRST, "reported_up")


def test_under_the_second_version_what_the_first_called_a_stage_is_unknown(versions, verifying, hanh, on_day):
    case = verifying()
    versions(WHOLE)
    on_day(f"{NEXT:%d/%m/%Y}")
    with pytest.raises(Refused, match="Công an xác minh"):
        verification.request_verification(
            by=hanh, case=case, on=NEXT, to_unit="737", paper_no="12", paper_on=NEXT, seen=None
        )


def test_a_version_that_leaves_out_a_stage_is_not_loaded(versions):
    versions({stage: place for stage, place in WHOLE.items() if stage != "reported_up"})
    with pytest.raises(NotInForce, match="chưa ghi «Xác minh» ở «Báo cáo Công an tỉnh» được tiếp tục từ giai đoạn nào"):
        loading.check_stage_maps()
