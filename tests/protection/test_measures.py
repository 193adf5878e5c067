"""Protection: measures within competence, with consent, reviewed and ended; refused or not applied with reasons."""

import pytest
from django.core.exceptions import PermissionDenied

from benan.cases.models import Deadline
from benan.core.refusals import Refused
from benan.needs.models import Need
from benan.protection.actions import measures
from benan.protection.models import Measure
from benan.support.actions import screening
from tests.cast import CAME, TODAY, words


@pytest.fixture
def endangered(cast):
    """Somebody in danger since they came, now with Hạnh."""
    return cast.notified(cast.screened(danger="yes"))


def stage(case):
    """Where protection stands."""
    return case.tracks.get(kind="protection").stage


def start(by, case, kind="refuge", on=TODAY, consented=True, **more):
    """Start a measure."""
    return measures.start(by=by, case=case, on=on, kind=kind, consented=consented, **more)


def test_a_need_of_protection_waits_for_a_decision_without_a_limit_in_law(endangered):
    deadline = Deadline.objects.get(case=endangered, limit="decide_protection")
    assert (deadline.started_on, deadline.due_on, deadline.agency.key) == (CAME, None, "labour-737")


def test_a_measure_meets_the_need_and_the_decision(endangered, hanh):
    measure = start(hanh, endangered)
    assert (stage(endangered), measure.agency.key, measure.started_on) == ("in_force", "labour-737", TODAY)
    assert Need.objects.of(endangered).get(kind="safety").met_on == TODAY
    assert Deadline.objects.get(case=endangered, limit="decide_protection").met_on == TODAY


def test_a_measure_needs_the_persons_consent(endangered, hanh):
    with pytest.raises(Refused, match="đồng ý"):
        start(hanh, endangered, consented=False)
    start(hanh, endangered)
    with pytest.raises(Refused, match="đồng ý"):
        start(hanh, endangered, kind="secret_life", consented=False)
    assert Measure.objects.of(endangered).count() == 1


def test_a_measure_in_force_is_not_started_again_and_the_pages_say_since_when(endangered, hanh, as_hanh):
    start(hanh, endangered, on=CAME)
    page = as_hanh.send("protection:act", endangered.code, "ap-dung", kind="refuge", consented="on", on=TODAY)
    assert page.status_code == 422 and "Biện pháp này đã được áp dụng từ ngày 06/11/2017" in words(page)
    assert Measure.objects.of(endangered).count() == 1
    start(hanh, endangered, kind="secret_life")
    assert "Đang áp dụng từ ngày 06/11/2017" in words(as_hanh.open("protection:act", endangered.code, "ap-dung"))
    said = words(as_hanh.open("protection:overview", endangered.code))
    assert "Biện pháp đang áp dụng" in said and "từ ngày 06/11/2017" in said and "đã chấm dứt" not in said
    measures.end(by=hanh, case=endangered, on=TODAY, words="hết nguy hiểm")
    said = words(as_hanh.open("protection:overview", endangered.code))
    assert "Biện pháp đã chấm dứt" in said and "Biện pháp đang áp dụng" not in said


def test_consent_and_being_unable_to_decide_contradict_each_other(endangered, hanh):
    with pytest.raises(Refused, match="cả “đồng ý” và “chưa tự quyết định được”"):
        start(hanh, endangered, unable=True, words="bất tỉnh")
    assert not Measure.objects.of(endangered).exists()


@pytest.mark.parametrize(
    ("name", "kind", "may"),
    [
        ("lan", "refuge", True), ("lan", "guard", False), ("lan", "deter", False), ("lan", "closed_trial", False),
        ("hanh", "secret_evidence", True), ("hanh", "relocate", False),
        ("dung", "guard", True), ("dung", "deter", True), ("dung", "relocate", True), ("dung", "closed_trial", False),
    ],
)  # fmt: skip
def test_who_decides_which_measure_is_the_decrees_article_8(cast, name, kind, may):
    case = cast.requested(cast.screened(danger="yes"))
    if may:
        assert start(cast.officer(name), case, kind=kind).kind == kind
    else:
        with pytest.raises(Refused, match="không thuộc thẩm quyền của cơ quan quyết định"):
            start(cast.officer(name), case, kind=kind)
        assert not Measure.objects.of(case).exists()


def test_a_second_measure_needs_its_own_competence(endangered, hanh):
    start(hanh, endangered)
    with pytest.raises(Refused, match="thuộc thẩm quyền của cơ quan khác"):
        start(hanh, endangered, kind="guard")
    start(hanh, endangered, kind="secret_life")
    assert Measure.objects.of(endangered).count() == 2


def test_where_nobody_found_danger_there_is_nothing_to_apply(screened, notified, hanh):
    with pytest.raises(Refused, match="Ghi nhận cần bảo vệ trước"):
        start(hanh, notified(screened(danger="unknown")))


def test_a_measure_is_of_the_list(endangered, hanh):
    with pytest.raises(Refused, match="Chọn biện pháp bảo vệ"):
        start(hanh, endangered, kind="cầu nguyện")


@pytest.mark.parametrize("name", ["thu", "quang", "phuong"])
def test_who_keeps_nobody_safe_starts_nothing(cast, endangered, name):
    with pytest.raises(PermissionDenied):
        start(cast.officer(name), endangered)


def test_protection_refused_after_a_warning_ends_it_and_may_begin_again(endangered, hanh, lan):
    start(hanh, endangered)
    with pytest.raises(Refused, match="tự chịu trách nhiệm"):
        measures.refuse(by=hanh, case=endangered, on=TODAY, warned=False)
    measures.refuse(by=hanh, case=endangered, on=TODAY, warned=True)
    assert (stage(endangered), Measure.objects.of(endangered).get().ended_on) == ("refused", TODAY)
    screening.screen(by=lan, case=endangered, on=TODAY, danger="yes", needs=[])
    assert stage(endangered) == "needed"


def test_refused_before_any_measure_the_need_is_refused(endangered, hanh):
    measures.refuse(by=hanh, case=endangered, on=TODAY, warned=True)
    assert Need.objects.of(endangered).get(kind="safety").refused_on == TODAY


@pytest.mark.parametrize("lacking", [{"paper_no": " "}, {"paper_on": None}, {"words": " "}])
def test_no_measure_is_answered_in_writing_with_reasons(endangered, hanh, lacking):
    answer = {"paper_no": "12/LĐ", "paper_on": TODAY, "words": "không còn nguy cơ", **lacking}
    with pytest.raises(Refused, match="Cần ghi số, ngày văn bản trả lời và lý do không áp dụng"):
        measures.decline(by=hanh, case=endangered, on=TODAY, **answer)


def test_a_written_no_ends_the_waiting_but_not_the_need(endangered, hanh):
    measures.decline(by=hanh, case=endangered, on=TODAY, paper_no="12/LĐ", paper_on=TODAY, words="không còn nguy cơ")
    assert stage(endangered) == "declined"
    assert Deadline.objects.get(case=endangered, limit="decide_protection").met_on == TODAY
    assert Need.objects.of(endangered).get(kind="safety").is_open


def test_measures_are_reviewed_and_ended_with_a_reason(endangered, hanh):
    start(hanh, endangered)
    measures.review(by=hanh, case=endangered, on=TODAY)
    assert stage(endangered) == "reviewed"
    with pytest.raises(Refused, match="Cần ghi lý do chấm dứt"):
        measures.end(by=hanh, case=endangered, on=TODAY, words=" ")
    measures.end(by=hanh, case=endangered, on=TODAY, words="đã an toàn")
    assert (stage(endangered), Measure.objects.of(endangered).get().ended_on) == ("ended", TODAY)


def test_the_page_says_where_protection_stands_and_warns_of_secret_papers(endangered, hanh, as_hanh):
    said = words(as_hanh.open("protection:overview", endangered.code))
    assert "Cần bảo vệ, chưa áp dụng biện pháp" in said and "không nhập nội dung tài liệu vào đây" in said
    start(hanh, endangered)
    assert "Bố trí nơi tạm lánh" in words(as_hanh.open("protection:overview", endangered.code))


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("ap-dung", {"kind": "refuge", "consented": "on", "on": TODAY}),
        ("khong-ap-dung", {"paper_no": "1", "paper_on": TODAY, "words": "lý do", "on": TODAY}),
        ("tu-choi", {"warned": "on", "on": TODAY}),
    ],
)
def test_each_answer_to_danger_is_given_on_its_page(endangered, as_hanh, act, data):
    assert as_hanh.open("protection:act", endangered.code, act).status_code == 200
    assert as_hanh.send("protection:act", endangered.code, act, **data).status_code == 302


def test_an_act_that_does_not_exist_is_not_found(endangered, as_hanh):
    assert as_hanh.open("protection:act", endangered.code, "xoa").status_code == 404
