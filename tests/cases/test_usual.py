"""The filled button is the usual path, and there is one."""

import re

import pytest

from benan.accounts.models import Membership
from benan.cases.actions import corrections
from benan.rules import procedures
from benan.verification import actions as verification
from tests.cast import ADULT, STAGES, TODAY, again, day, words

FILLED = re.compile(
    r'<(?:a|button)\b[^>]*\bbtn-primary\b[^>]*?(?:href="([^"]*)")?[^>]*>(.*?)</(?:a|button)>', re.DOTALL
)


def filled(page):
    """The filled buttons of a page below its top."""
    html = page.content.decode()
    main = html[html.index("<main") :]
    return [" ".join(re.sub(r"<[^>]+>", " ", label).split()) for _url, label in FILLED.findall(main)]


@pytest.mark.parametrize("version", procedures.versions(), ids=lambda version: version.rule)
def test_each_stage_of_support_and_verification_names_what_usually_comes_next(version):
    for kind in ("verification", "support"):
        silent = [stage.key for stage in version.tracks[kind].stages.values() if not (stage.ends or stage.usual)]
        assert silent == ([] if version.moves_from("verification", "notified") or kind == "support" else ["received"])


@pytest.mark.parametrize(
    ("stage", "name", "button"),
    [
        ("received", "lan", "Báo huyện"),
        ("notified", "hanh", "Gửi Công an cấp huyện văn bản đề nghị xác minh"),
        ("notified", "lan", "Hỏi nhu cầu"),
        ("requested", "dung", "Ghi ngày Công an nhận văn bản đề nghị"),
        ("verifying", "dung", "Dự thảo kết luận xác minh"),
        ("victim", "hanh", "Hỏi nhu cầu ban đầu"),
        ("not_victim", "hanh", "Báo kết quả"),
        ("victim", "lan", "Hỏi nhu cầu"),
        ("at_home", "lan", "Bắt đầu hỗ trợ hòa nhập"),
        ("assessed", "hanh", "Gửi Công an cấp huyện văn bản đề nghị xác minh"),
    ],
)
def test_the_filled_button_of_a_case_is_the_usual_path(cast, stage, name, button):
    page = cast.browser(name).open("cases:case", getattr(cast, stage)(**ADULT).code)
    assert filled(page) == [button]


def test_a_victim_who_was_assessed_goes_home_and_who_waits_for_an_answer_does_not_yet(cast):
    waiting, case = cast.assessed(**ADULT), cast.assessed(cast.victim(cast.screened(**ADULT)))
    pages = lambda name, row: filled(cast.browser(name).open("cases:case", row.code))  # noqa: E731
    assert pages("lan", waiting) == [] and pages("lan", case) == ["Ghi về nơi cư trú"]
    assert pages("hoa", cast.in_shelter(case)) == ["Ghi về nơi cư trú"]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", ["lan", "hanh", "truong_phong", "dung", "hung", "hoa"])
def test_no_page_of_a_case_has_two_filled_buttons(cast, stage, name):
    case, browser = getattr(cast, stage)(), cast.browser(name)
    if browser.get(case.get_absolute_url()).status_code == 404:
        return
    for tab in ("cases:case", "needs:overview", "protection:overview", "support:reintegration"):
        assert len(filled(browser.open(tab, case.code))) <= 1, tab


def test_what_stands_beside_the_next_step_is_not_offered_again(verifying, cast):
    page = cast.browser("dung").open("cases:case", verifying().code)
    assert filled(page) == ["Dự thảo kết luận xác minh"]
    assert "Dự thảo kết luận xác minh" not in {move.label for move in page.context["moves"]}


def test_of_a_long_history_the_latest_stand_open_and_all_are_on_the_page(notified, hanh, as_hanh):
    case = notified()
    for n in range(10):
        corrections.remark(by=hanh, case=case, on=TODAY, words=f"Lần {n}")
    page = as_hanh.open("cases:case", case.code)
    history = page.content.decode().partition('<ol class="bare timeline">')[2]
    rest = history.index('<details class="timeline-rest">')
    assert history.count("<time", 0, rest) == 8 and history.count("<time") == len(page.context["history"])


def test_a_finding_is_drafted_then_signed_then_support_goes_on(verifying, screened, cast):
    case = verifying(screened(**ADULT))
    pages = lambda name: filled(cast.browser(name).open("cases:case", case.code))  # noqa: E731
    assert pages("dung") == ["Dự thảo kết luận xác minh"] and pages("hung") == []
    verification.draft_finding(
        by=cast.officer("dung"), case=case, outcome="victim", grounds=["sold"], sources=["witness"]
    )
    assert pages("hung") == ["Ký kết luận xác minh"] and pages("dung") == []
    verification.return_draft(by=cast.officer("hung"), case=case, reason="other", words="Sửa.")
    assert pages("dung") == ["Sửa dự thảo bị trả lại"] and pages("hung") == []
    cast.victim(again(case))
    assert pages("hanh") == ["Đánh giá nhu cầu"]


def test_what_the_police_must_do_is_no_usual_path_of_the_labour_office_unless_they_answer_on_paper(
    requested, screened, as_hanh, dung
):
    case = requested(screened(**ADULT))
    page = as_hanh.open("cases:case", case.code)
    assert filled(page) == ["Đánh giá nhu cầu"]
    assert "Việc của Công an huyện Trảng Bom. Trong lúc chờ: Đánh giá nhu cầu." in words(page)
    Membership.objects.filter(user=dung).update(until=day("08/11/2017"))
    assert filled(as_hanh.open("cases:case", case.code)) == ["Ghi thay: Ghi ngày Công an nhận văn bản đề nghị"]


def test_a_foreigner_is_passed_on_and_no_district_is_asked(notified, as_hanh):
    page = as_hanh.open("cases:case", notified(**ADULT, nationality="foreigner").code)
    assert filled(page) == ["Chuyển xác minh theo thủ tục đối với người nước ngoài"]
    asked = "Gửi Công an cấp huyện văn bản đề nghị xác minh"
    assert asked not in {offer.label for offer in [*page.context["moves"], *page.context["next"]["actions"]]}
    page = as_hanh.open("cases:case", notified(**ADULT, nationality="citizen").code)
    assert filled(page) == [asked]


def test_after_a_negative_outcome_was_told_the_case_is_ended(not_victim, screened, as_hanh, hanh):
    case = not_victim(screened(**ADULT))
    verification.tell_outcome(by=hanh, case=case, on=TODAY, onward="social")
    assert filled(as_hanh.open("cases:case", case.code)) == ["Kết thúc hồ sơ"]
