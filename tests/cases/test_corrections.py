"""A wrong day is replaced by a new line: clocks follow, the old day stays readable."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction
from django.db.utils import ProgrammingError

from benan.accounts.models import Membership
from benan.audit.models import Event
from benan.cases import history
from benan.cases.actions import closing, corrections, identities, receptions
from benan.cases.events import CaseEvent
from benan.cases.models import Deadline, Step
from benan.core.refusals import Refused
from benan.support.actions import screening
from benan.verification import actions as verification
from tests.cast import ARRIVED, CAME, MOMENT, NOTIFIED, REQUESTED, TODAY, again, agency_of, day, words


def correct(by, case, event, on, why="đọc nhầm sổ"):
    """Correct the day of the step that made an event."""
    step = case.steps.filter(event=event, corrected_by=None).get()
    return corrections.correct_day(by=by, step=step, on=on, words=why)


def deadline(case, limit):
    """(started, deadline) of a limit."""
    return Deadline.objects.filter(case=case, limit=limit).values_list("started_on", "due_on").get()


def test_a_corrected_day_moves_the_clocks_and_the_old_day_stays(notified, hanh):
    case = notified()
    assert deadline(case, "labour_intake") == (day("06/11/2017"), day("09/11/2017"))
    row = correct(hanh, case, "labour_notified", day("07/11/2017"))
    assert deadline(case, "labour_intake") == (day("07/11/2017"), day("10/11/2017"))
    assert (row.corrects.on, row.on, row.event) == (NOTIFIED, day("07/11/2017"), "labour_notified")


def test_on_the_page_the_old_day_is_struck_out_beside_the_new(notified, hanh, as_hanh):
    case = notified()
    correct(hanh, case, "labour_notified", day("07/11/2017"))
    page = as_hanh.open("cases:case", case.code)
    assert "<del>ngày 06/11/2017</del> <b>Báo Phòng LĐ-TB&amp;XH cấp huyện</b>" in page.content.decode()


def test_why_the_day_was_wrong_is_sealed(notified, hanh):
    case = notified()
    row = correct(hanh, case, "labour_notified", day("07/11/2017"), why="chị Nụ nhớ nhầm")
    assert "Nụ" not in str(Step.objects.filter(pk=row.pk).values())
    assert identities.open_notes(by=hanh, case=case, purpose="correct")[row.pk] == "chị Nụ nhớ nhầm"


def test_a_correction_is_on_the_trail_by_days_and_step_alone(notified, hanh):
    case = notified()
    step = case.steps.get(event="labour_notified")
    correct(hanh, case, "labour_notified", day("07/11/2017"))
    row = Event.objects.last()
    assert (row.event, row.data) == (CaseEvent.CORRECTED, {"step": step.pk, "from": "2017-11-06", "to": "2017-11-07"})


def test_the_day_of_reception_moves_the_case_with_it(notified, hanh):
    case = notified()
    correct(hanh, case, "received", day("05/11/2017"))
    case = again(case)
    assert (case.opened_on, case.reception.came_on) == (day("05/11/2017"), day("05/11/2017"))
    assert deadline(case, "notify_labour")[0] == day("05/11/2017")


def test_who_came_together_are_moved_together(cast, lan, hanh):
    case = cast.received()
    child = receptions.add_companion(by=lan, case=case, kind="minor")
    cast.notified(case)
    correct(hanh, case, "received", day("05/11/2017"))
    assert again(child).opened_on == day("05/11/2017")
    assert again(child).reception.came_on == day("05/11/2017")


def test_nobody_who_came_along_is_left_with_a_day_before_they_came(cast, lan, hanh):
    case = cast.notified()
    child = receptions.add_companion(by=lan, case=case, kind="minor")
    corrections.remark(by=lan, case=child, on=CAME, words="ngủ ngon")
    correct(hanh, case, "labour_notified", REQUESTED)
    with pytest.raises(Refused, match="trong hồ sơ của người đi cùng"):
        correct(hanh, case, "received", REQUESTED)


def answered(case, by, on=TODAY, certificate_on=ARRIVED):
    """The police answered on paper that the person is a victim."""
    verification.record_answer(
        by=by, case=case, on=on, for_agency=agency_of("police-737"), outcome="victim", paper_no="90/CA", paper_on=ARRIVED,
        certificate_no="12/GXN", certificate_on=certificate_on, grounds=["forced_labour"],
    )  # fmt: skip


def test_the_day_of_an_answer_moves_the_finding_and_the_recognition_with_it(verifying, hanh):
    case = verifying()
    answered(case, hanh)
    correct(hanh, case, "answered_victim", ARRIVED)
    assert (again(case).recognised_on, case.findings.get().on) == (ARRIVED, ARRIVED)


def test_a_finding_is_not_moved_before_the_day_of_its_certificate(victim, hanh):
    with pytest.raises(Refused, match=r"Ngày giấy xác nhận \(09/11/2017\) sau ngày ghi nhận kết luận") as refused:
        correct(hanh, victim(), "answered_victim", ARRIVED)
    assert refused.value.field == "on"


# What entry refuses, a correction refuses too.


def corrected_page(browser, case, event, on):
    """The page that answers a correction of the day of an event."""
    step = case.steps.get(event=event, corrected_by=None)
    return browser.send("cases:correct_day", case.code, step.pk, on=on, words="đọc nhầm sổ")


def test_a_corrected_arrival_is_not_before_the_first_report_elsewhere(cast, as_hanh):
    case = cast.notified(channel="brought", first_told_on=day("05/11/2017"))
    page = corrected_page(as_hanh, case, "received", day("04/11/2017"))
    assert page.status_code == 422
    assert "Ngày khai báo ở nơi đầu tiên (05/11/2017) phải trước hoặc trong ngày đến đây (04/11/2017)" in words(page)
    assert again(case).reception.came_on == CAME


def test_a_corrected_arrival_is_not_before_the_person_was_born(cast, as_hanh):
    case = cast.notified(born_from=day("05/11/2017"), born_to=day("05/11/2017"))
    page = corrected_page(as_hanh, case, "received", day("04/11/2017"))
    assert page.status_code == 422 and "Ngày sinh sau ngày đến tiếp nhận" in words(page)


def test_a_corrected_arrival_makes_nobody_who_came_along_of_age(cast, lan, as_hanh):
    case = cast.received()
    receptions.add_companion(by=lan, case=case, kind="minor", born_from=day("07/11/1999"), born_to=day("07/11/1999"))
    receptions.notify_labour(by=lan, case=case, on=REQUESTED)
    page = corrected_page(as_hanh, case, "received", REQUESTED)
    assert page.status_code == 422 and "đã đủ 18 tuổi" in words(page)


def test_a_corrected_arrival_lies_in_a_commune_of_that_day(cast, hanh, as_hanh, on_day):
    # Xã Suối Trầu, huyện Long Thành, không còn từ ngày 01/06/2019 (Nghị quyết 673/NQ-UBTVQH14).
    on_day("04/06/2019")
    Membership.objects.create(user=hanh, agency=agency_of("labour-740"), role="caseworker", since=CAME,
                              confirmed_by=cast.officer("van"), confirmed_at=MOMENT)  # fmt: skip
    case = cast.notified(came_on=day("31/05/2019"), area_code="26407")
    page = corrected_page(as_hanh, case, "labour_notified", day("03/06/2019"))
    assert page.status_code == 302
    page = corrected_page(as_hanh, case, "received", day("02/06/2019"))
    assert page.status_code == 422 and "Ngày 02/06/2019 không có xã, phường nào có mã" in words(page)


def test_after_its_end_nothing_of_a_case_is_moved_behind_the_end(cast, verifying, hanh, as_hanh, on_day):
    case = verifying()
    closing.close(by=hanh, case=case, on=TODAY, closing="transferred")
    on_day("12/11/2017")
    page = corrected_page(as_hanh, case, "request_received", day("11/11/2017"))
    assert page.status_code == 422 and "sau ngày kết thúc hồ sơ (09/11/2017)" in words(page)


def test_nothing_said_to_them_lies_before_they_came_either(cast, lan, as_hanh):
    case = cast.received()
    receptions.explain_rights(by=lan, case=case, on=CAME)
    receptions.notify_labour(by=lan, case=case, on=REQUESTED)
    page = corrected_page(as_hanh, case, "received", REQUESTED)
    assert page.status_code == 422
    assert "sau ngày của bước “Đã giải thích quyền” (06/11/2017)" in words(page)


def test_the_day_of_the_return_home_moves_the_day_from_which_the_residence_is_known(at_home, hanh):
    case = at_home()
    correct(hanh, case, "residence_established", ARRIVED)
    assert again(case).residence_on == ARRIVED


def test_a_question_asked_again_is_moved_within_its_own_round(cast, hanh, lan):
    case = cast.notified(cast.screened(danger="no", wanted=[]))
    screening.screen(by=lan, case=case, on=TODAY, danger="yes", needs=[])
    step = case.steps.filter(event="danger_asked").order_by("pk").last()
    corrections.correct_day(by=hanh, step=step, on=ARRIVED, words="đọc nhầm sổ")
    assert list(history.current(case).filter(event="danger_asked").values_list("on", flat=True)) == [CAME, ARRIVED]


def test_after_the_old_law_ended_the_day_of_a_step_under_it_is_corrected_as_the_step_was_taken(notified, hanh, on_day):
    on_day("30/06/2025")
    last = day("30/06/2025")
    case = notified(came_on=last)
    on_day("02/07/2025")
    verification.take_notice(by=hanh, case=case, on=last)
    correct(hanh, case, "notice_taken", day("01/07/2025"))
    assert history.current(case).get(event="notice_taken").on == day("01/07/2025")


def test_a_certificate_is_not_later_than_the_answer_it_came_with(verifying, as_hanh):
    page = as_hanh.send("verification:answer", verifying().code, outcome="victim", paper_no="90/CA", paper_on=ARRIVED, on=ARRIVED,
                        certificate_no="12/GXN", certificate_on=day("01/12/2017"))  # fmt: skip
    assert page.status_code == 422
    assert "Ngày giấy xác nhận (01/12/2017) sau ngày ghi nhận kết luận (08/11/2017)" in words(page)


def test_a_paper_found_does_not_replace_an_answer_that_came_later(not_victim, as_hanh):
    page = as_hanh.send("verification:act", not_victim().code, "record_proof", basis="rescuer", issuer="border_guard",
                        certificate_no="1", certificate_on=CAME, on=ARRIVED)  # fmt: skip
    assert page.status_code == 422
    assert "Ngày 08/11/2017 trước ngày của kết luận đang có hiệu lực (09/11/2017)" in words(page)


def test_a_correction_of_an_answer_since_replaced_leaves_the_recognition_alone(not_victim, hanh):
    case = not_victim()
    verification.record_proof(by=hanh, case=case, on=TODAY, basis="rescuer", issuer="border_guard", certificate_no="1",
                              certificate_on=CAME)  # fmt: skip
    correct(hanh, case, "answered_not_victim", ARRIVED)
    rows = list(case.findings.order_by("pk").values_list("outcome", "on", "replaced_on"))
    assert rows == [("not_victim", ARRIVED, TODAY), ("victim", TODAY, None)]
    assert again(case).recognised_on == TODAY


def test_a_correction_may_be_corrected_in_its_turn_but_not_the_line_it_replaced(notified, hanh):
    case = notified()
    first = case.steps.get(event="labour_notified")
    correct(hanh, case, "labour_notified", day("07/11/2017"))
    correct(hanh, case, "labour_notified", day("08/11/2017"))
    assert deadline(case, "labour_intake")[0] == day("08/11/2017")
    with pytest.raises(Refused, match="Sửa dòng mới nhất"):
        corrections.correct_day(by=hanh, step=Step.objects.get(pk=first.pk), on=day("09/11/2017"), words="nhầm")


@pytest.mark.parametrize(
    ("event", "on", "sentence"),
    [
        ("request_received", day("10/11/2017"), "Ngày 10/11/2017 nằm sau hôm nay"),
        ("request_received", ARRIVED, "Ngày mới trùng ngày đã ghi"),
        (
            "request_received",
            NOTIFIED,
            "trước ngày của bước “Gửi Công an cấp huyện văn bản đề nghị xác minh” (07/11/2017)",
        ),
        ("request_sent", TODAY, "sau ngày của bước “Ghi ngày Công an nhận văn bản đề nghị” (08/11/2017)"),
        ("received", REQUESTED, "sau ngày của bước “Báo Phòng LĐ-TB&XH cấp huyện” (06/11/2017)"),
        ("labour_notified", day("05/11/2017"), "trước ngày tiếp nhận (06/11/2017)"),
    ],
)
def test_a_corrected_day_keeps_the_order_of_events(verifying, hanh, event, on, sentence):
    with pytest.raises(Refused) as refused:
        correct(hanh, verifying(), event, on)
    assert sentence in str(refused.value)


def test_nothing_that_happened_to_somebody_lies_before_they_came(screened, notified, hanh):
    case = notified(screened())
    with pytest.raises(Refused, match="trước ngày tiếp nhận"):
        correct(hanh, case, "danger_asked", day("05/11/2017"))
    correct(hanh, case, "labour_notified", TODAY)
    with pytest.raises(Refused, match="sau ngày của bước"):
        correct(hanh, case, "received", REQUESTED)


def test_a_correction_says_why(notified, hanh):
    with pytest.raises(Refused, match="Ghi lý do ngày cũ sai") as refused:
        correct(hanh, notified(), "labour_notified", day("07/11/2017"), why="  ")
    assert refused.value.field == "words"


def test_a_line_that_starts_no_clock_has_no_day_to_correct(notified, hanh):
    case = notified()
    remark = corrections.remark(by=hanh, case=case, on=TODAY, words="ghi nhầm chỗ")
    with pytest.raises(Refused, match="nên không sửa"):
        corrections.correct_day(by=hanh, step=remark, on=ARRIVED, words="nhầm")


@pytest.mark.parametrize("name", ["lan", "dung", "hung", "thu", "quang"])
def test_only_those_who_may_correct_do(cast, name):
    with pytest.raises(PermissionDenied):
        correct(cast.officer(name), cast.verifying(), "request_received", REQUESTED)


def test_the_history_itself_cannot_be_changed_by_the_program(notified):
    case = notified()
    for change in (lambda: case.steps.update(on=TODAY), lambda: case.steps.first().delete()):
        with pytest.raises((ProgrammingError, InternalError, IntegrityError)), transaction.atomic():
            change()


def test_words_added_to_the_history_are_sealed(notified, lan, hanh):
    case = notified()
    row = corrections.remark(by=lan, case=case, on=TODAY, words="chị Nụ sợ người lạ")
    assert "Nụ" not in str(Step.objects.filter(pk=row.pk).values())
    assert identities.open_notes(by=hanh, case=case, purpose="support") == {row.pk: "chị Nụ sợ người lạ"}


def test_nothing_is_no_remark(notified, lan):
    with pytest.raises(Refused, match="Chưa nhập nội dung cần ghi"):
        corrections.remark(by=lan, case=notified(), on=TODAY, words=" \n ")


def test_two_cases_of_one_person_are_joined_and_one_goes_on(notified, hanh):
    case, other = notified(), notified()
    identities.join(by=hanh, case=case, other=other)
    other = again(other)
    assert (other.closing, other.closed_on, other.joined_to, again(case).is_open) == ("joined", TODAY, case, True)
    assert not Deadline.objects.filter(case=other, met_on=None, ended_on=None).exists()
    assert [row.details["case"] for row in Step.objects.filter(key="join").order_by("pk")] == [other.code, case.code]


def test_cases_are_joined_only_where_that_can_be(notified, hanh, lan):
    case = notified()
    with pytest.raises(Refused, match="cùng một hồ sơ"):
        identities.join(by=hanh, case=case, other=again(case))
    child = receptions.add_companion(by=lan, case=case, kind="minor")
    with pytest.raises(Refused, match="là hai người"):
        identities.join(by=hanh, case=case, other=child)
    ended = notified()
    identities.join(by=hanh, case=case, other=ended)
    with pytest.raises(Refused, match="hai hồ sơ đang mở"):
        identities.join(by=hanh, case=case, other=again(ended))


def test_a_case_out_of_reach_is_not_joined(cast, notified, hanh):
    elsewhere = cast.notified(by="quyen")
    with pytest.raises(PermissionDenied):
        identities.join(by=hanh, case=notified(), other=elsewhere)


def test_a_supporting_agency_put_on_the_team_sees_the_case_and_opens_no_identity(notified, hanh, as_phuong):
    case = notified()
    assert as_phuong.open("cases:case", case.code).status_code == 404
    corrections.assign(by=hanh, case=case, part="supports", agency=agency_of("womens_union"))
    assert as_phuong.open("cases:case", case.code).status_code == 200
    assert as_phuong.open("cases:reveal", case.code).status_code == 403


def test_the_code_of_a_case_elsewhere_and_of_none_get_the_same_words(cast, notified, as_hanh):
    case, elsewhere = notified(), cast.received(by="quyen")
    said = []
    for code in (elsewhere.code, "ĐN-17-00000"):
        page = as_hanh.send("cases:join", case.code, code=code)
        said.append((page.status_code, words(page)))
        assert code in page.content.decode()
    assert said[0] == said[1] and "không có hồ sơ nào có mã này" in said[0][1]


def test_an_agency_gets_a_part_that_it_has_not_and_only_once(notified, hanh, as_hanh):
    case, union = notified(), agency_of("womens_union")
    sent = {"agency": union.pk, "part": "supports"}
    assert as_hanh.send("cases:assign", case.code, **sent).status_code == 302
    page = as_hanh.send("cases:assign", case.code, **sent)
    assert page.status_code == 422 and "với vai trò ấy từ ngày 09/11/2017" in words(page)
    assert case.steps.filter(key="assign").count() == 1
    assert as_hanh.send("cases:assign", case.code, **sent | {"part": "receives"}).status_code == 302
