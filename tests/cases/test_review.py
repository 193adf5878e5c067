"""The review at the end of the guided reception: every answer, with the way to change it and back."""

import pytest
from django.urls import reverse

from benan.cases.actions import receptions
from tests.cast import ADULT, CAME, CHILD, TODAY, words

BACK = "?ve=xem-lai"


def at(page, case):
    """The address of a page of the reception as the review links to it."""
    return reverse(page, args=[case.code]) + BACK


def test_the_review_shows_every_answer_with_a_way_to_change_it(screened, as_lan, lan):
    case = screened(danger="no", sex="female", nationality="citizen", **ADULT)
    receptions.record_came_alone(by=lan, case=case)
    receptions.explain_rights(by=lan, case=case, on=CAME, language="interpreter")
    receptions.record_identity_and_facts(by=lan, case=case, values={"full_name": "Đỗ Thị Ý"})
    page = as_lan.open("cases:review", case.code)
    said = words(page)
    for answer in ("Đang gặp nguy hiểm: Không", "Cần ngay: Ăn, uống, Chỗ nghỉ", "Người đi cùng: Không có ai đi cùng",
                   "Giới tính: Nữ", "Tuổi vào ngày đến: đủ 18 tuổi", "Danh tính: Đã ghi, hạn chế tiếp cận: Họ và tên",
                   "Đã giải thích quyền: 06/11/2017, Qua phiên dịch", "Quốc tịch: Công dân Việt Nam",
                   "Lời của người ấy: chưa ghi", "Dân tộc: chưa ghi"):  # fmt: skip
        assert answer in said
    assert "Đỗ Thị Ý" not in said
    html = page.content.decode()
    for step in ("support:screening", "cases:companions", "cases:who", "cases:words", "cases:rights", "needs:given"):
        assert f'href="{at(step, case)}"' in html
    assert reverse("cases:guardianship", args=[case.code]) not in html, "she is of age"


@pytest.mark.parametrize(
    ("page", "data"),
    [("cases:who", {"sex": "male"}), ("cases:words", {"own_words": "lời kể giả lập"}), ("cases:companions", {"kind": "nobody"}),
     ("support:screening", {"danger": "no", "needs": ["none"], "on": "09/11/2017"}), ("cases:rights", {"explained": "on", "language": "vi", "on": "09/11/2017"})],
)  # fmt: skip
def test_a_page_opened_from_the_review_leads_back_to_it(received, as_lan, page, data):
    case = received()
    assert "Lưu, về bước xem lại" in words(as_lan.get(at(page, case)))
    sent = as_lan.post(at(page, case), data)
    assert (sent.status_code, sent.url) == (302, reverse("cases:review", args=[case.code]))
    assert as_lan.send(page, received().code, **data).url != sent.url, "without the mark the next page follows"


def test_a_wrong_entry_on_the_way_back_stays_on_its_page_and_keeps_the_way(received, as_lan):
    case = received()
    page = as_lan.post(at("cases:who", case), {"said_birth": "năm con Hợi"})
    assert page.status_code == 422 and "Lưu, về bước xem lại" in words(page)


def test_the_call_for_a_child_still_comes_before_the_review(received, as_lan):
    case = received(**CHILD)
    sent = as_lan.post(at("cases:guardianship", case), {"harm": "yes", "on": "09/11/2017"})
    assert sent.url == at("cases:child_protection", case)


def test_the_answers_stay_in_view_after_the_labour_office_was_told(notified, as_lan):
    assert "Đến bằng cách nào: Tự đến trình báo" in words(as_lan.open("cases:review", notified().code))


def test_nobody_came_along_is_the_first_answer(received, as_lan):
    html = as_lan.open("cases:companions", received().code).content.decode()
    assert html.index('value="nobody"') < html.index('value="minor"')


@pytest.mark.parametrize(
    ("page", "typed", "told"),
    [("cases:rights", {"explained": "on", "language": "interpreter", "on": TODAY}, "09/11/2017, Qua phiên dịch"),
     ("cases:words", {"declined": "on"}, "Người ấy chưa muốn kể"), ("cases:companions", {"kind": "nobody"}, "Không có ai đi cùng"),
     ("support:screening", {"danger": "no", "needs": ["food"], "on": TODAY}, "Ăn, uống")],
)  # fmt: skip
def test_a_step_that_was_done_shows_what_was_recorded_and_folds_its_form(received, as_lan, page, typed, told):
    case, folded = received(), "<details><summary"
    before = as_lan.open(page, case.code)
    assert "Đã ghi ở bước này" not in words(before) and folded not in before.content.decode()
    assert as_lan.send(page, case.code, **typed).status_code == 302
    after = as_lan.open(page, case.code)
    said = words(after)
    assert "Đã ghi ở bước này" in said and told in said and "Sang bước sau" in said and folded in after.content.decode()
    for unfolded in (
        as_lan.get(at(page, case)),
        as_lan.send(page, case.code, on="hôm qua", kind="x", said_birth="con Hợi", own_words="a" * 20_001),
    ):
        assert "Đã ghi ở bước này" in words(unfolded) and folded not in unfolded.content.decode()


def test_a_step_with_a_question_that_was_not_answered_keeps_its_form_open(received, as_lan):
    case = received()
    assert as_lan.send("cases:who", case.code, sex="male", declined="on").status_code == 302
    page = as_lan.open("cases:who", case.code)
    assert "Người ấy chưa muốn nói" in words(page) and "Sang bước sau" in words(page)
    assert "<details><summary" not in page.content.decode()


def test_after_one_companion_the_form_for_the_next_stays_open(received, as_lan):
    case = received()
    as_lan.send("cases:companions", case.code, kind="minor")
    html = as_lan.open("cases:companions", case.code).content.decode()
    assert "Đã ghi ở bước này" in html and "<details><summary" not in html
