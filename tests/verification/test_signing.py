"""A finding is signed by a head who reads it, or goes back to its author."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied

from benan.accounts.models import Membership
from benan.audit.models import Event
from benan.cases.actions import receptions
from benan.core import sealing
from benan.core.refusals import Refused
from benan.vault.events import VaultEvent
from benan.verification import actions as v
from tests.cast import TODAY, again, seen, words

VICTIM = {"outcome": "victim", "grounds": ["sold"], "sources": ["own_statement", "witness"]}
SIGNED = {"answer_no": "90/CAH", "on": TODAY, "certificate_no": "12/GXN", "certificate_on": TODAY}
RETURNED = {"reason": "reasons", "words": "Nói rõ vì sao tin lời khai."}


@pytest.fixture
def drafted(verifying, dung, lan):
    """A case with the person's own words and a draft that argues."""
    case = verifying()
    receptions.record_words(by=lan, case=case, words="Em bị lừa sang bên kia.")
    v.draft_finding(by=dung, case=case, **VICTIM, reasons="Lời khai khớp với nhân chứng.")
    return case


def draft(case):
    """The draft that waits."""
    return case.findings.get(on=None, withdrawn=False)


def opened():
    """Who opened what, by the trail."""
    rows = Event.objects.filter(event=VaultEvent.IDENTITY_OPENED).order_by("seq")
    return [(row.by, row.data["purpose"], row.data["fields"]) for row in rows]


def test_the_head_sees_what_the_draft_rests_on_and_which_of_it_the_law_asks_for(drafted, as_hung):
    page = words(as_hung.open("verification:sign", drafted.code))
    assert "Là nạn nhân" in page and "Bị mua bán, coi như hàng hóa" in page and "Lời khai của người biết việc" in page
    assert "bắt buộc: Luật 66/2011, Điều 27" in page and "bắt buộc: Nghị định 62/2012, Điều 5 khoản 2" in page
    assert "số 214/LĐTBXH ngày 07/11/2017" in page and "số đến 77" in page
    assert "khớp với nhân chứng" not in page and "Em bị lừa" not in page and not opened()
    assert "Ký và trả lời" not in page


def test_opening_shows_the_argument_and_the_persons_own_words_and_is_on_the_trail(drafted, as_hung):
    page = as_hung.send("verification:read_draft", drafted.code)
    said = words(page)
    assert "Lời khai khớp với nhân chứng." in said and "Em bị lừa sang bên kia." in said and "Ký và trả lời" in said
    assert page["Refresh"] == f"300; url=/ho-so/{drafted.code}/ky/"
    assert opened() == [("hung", "verify", ["notes"]), ("hung", "verify", ["own_words"])]


def test_a_draft_with_nothing_sealed_is_signed_without_opening(verifying, dung, as_hung):
    case = verifying()
    v.draft_finding(by=dung, case=case, outcome="not_victim")
    page = words(as_hung.open("verification:sign", case.code))
    assert "Ký và trả lời" in page and "Số giấy xác nhận" not in page


def test_what_was_typed_stays_when_the_words_are_opened_again(drafted, as_hung):
    wrong = as_hung.send("verification:sign", drafted.code, **SIGNED)
    assert wrong.status_code == 422 and "Đọc dự thảo, rồi đánh dấu" in words(wrong)
    assert "khớp với nhân chứng" not in words(wrong) and "Mở lập luận" in words(wrong)
    assert 'value="90/CAH"' in as_hung.send("verification:read_draft", drafted.code, **SIGNED).content.decode()


def test_what_the_head_read_is_signed(drafted, as_hung):
    assert as_hung.send("verification:sign", drafted.code, draft=draft(drafted).pk, **SIGNED).status_code == 302
    assert again(drafted).recognised_on == TODAY


def test_a_draft_that_was_written_anew_is_not_signed_by_pressing_again(drafted, as_hung, dung):
    old, before = seen(drafted.code), draft(drafted).pk
    v.draft_finding(by=dung, case=drafted, outcome="not_victim")
    page = as_hung.send("verification:sign", drafted.code, seen=old, draft=before, **SIGNED)
    assert page.status_code == 422 and "Dự thảo đã được viết lại từ lúc mở trang" in words(page)
    again_pressed = as_hung.send("verification:sign", drafted.code, draft=before, **SIGNED)
    assert again_pressed.status_code == 422 and drafted.findings.get(withdrawn=False).on is None


def test_the_verb_signs_only_the_draft_that_was_read(drafted, dung, hung):
    before = draft(drafted).pk
    v.draft_finding(by=dung, case=drafted, **VICTIM)
    with pytest.raises(Refused, match="viết lại") as refused:
        v.sign_finding(by=hung, case=drafted, draft=before, **SIGNED)
    assert refused.value.field == "draft"


def test_an_old_tab_is_told_what_was_written_meanwhile(drafted, as_hung, dung):
    old = seen(drafted.code)
    v.draft_finding(by=dung, case=drafted, outcome="not_victim")
    page = as_hung.send("verification:return_draft", drafted.code, seen=old, **RETURNED)
    assert page.status_code == 422 and "Dự thảo kết luận xác minh · Phạm Văn Dũng" in words(page)


def test_a_returned_draft_goes_to_its_author_with_the_reason(drafted, as_hung, as_dung):
    assert as_hung.send("verification:return_draft", drafted.code, **RETURNED).status_code == 302
    desk, page = words(as_dung.get("/")), words(as_dung.open("verification:draft", drafted.code))
    assert (
        "Sửa dự thảo kết luận bị trả lại" in desk and "Lê Quốc Hùng trả lại ngày 09/11/2017 · Lập luận chưa rõ" in desk
    )
    assert "Lê Quốc Hùng trả lại dự thảo để sửa ngày 09/11/2017" in page and "Lập luận chưa rõ" in page
    assert "vì sao tin" not in desk + page and not opened()
    read = as_dung.send("verification:open_draft", drafted.code).content.decode()
    assert "Nói rõ vì sao tin lời khai." in read and "Lời khai khớp với nhân chứng." in read and "Em bị lừa" not in read
    assert opened() == [("dung", "verify", ["notes"])]


def test_the_history_says_that_a_draft_was_returned_and_not_why(drafted, as_hung, as_lan):
    as_hung.send("verification:return_draft", drafted.code, **RETURNED)
    page = words(as_lan.open("cases:case", drafted.code))
    assert "Trả lại dự thảo kết luận để sửa" in page and "Lập luận chưa rõ" not in page and "vì sao tin" not in page
    assert "có ghi chú hạn chế tiếp cận" in page


def test_a_returned_draft_waits_for_no_signature(drafted, as_hung, hung):
    as_hung.send("verification:return_draft", drafted.code, **RETURNED)
    assert "Ký kết luận xác minh" not in words(as_hung.get("/"))
    assert "chờ bản dự thảo mới" in words(as_hung.open("verification:sign", drafted.code))
    with pytest.raises(Refused, match="chờ bản dự thảo mới"):
        v.sign_finding(by=hung, case=drafted, **SIGNED)
    with pytest.raises(Refused, match="chờ bản dự thảo mới"):
        v.return_draft(by=hung, case=drafted, **RETURNED)


def test_a_signature_sent_from_a_tab_open_since_before_is_told_why_it_was_not_taken(drafted, as_hung, hung):
    read = draft(drafted).pk
    v.return_draft(by=hung, case=drafted, **RETURNED)
    late = as_hung.send("verification:sign", drafted.code, draft=read, **SIGNED)
    assert late.status_code == 422 and 'class="form-errors"' in late.content.decode()


def test_a_second_signature_is_told_that_the_draft_waits_no_more(drafted, as_hung, hung):
    read = draft(drafted).pk
    v.sign_finding(by=hung, case=drafted, **SIGNED)
    late = as_hung.send("verification:sign", drafted.code, draft=read, **SIGNED)
    assert late.status_code == 422
    assert "Dự thảo này không còn chờ ký" in words(late) and "viết lại" not in words(late)


def test_a_new_draft_keeps_the_argument_that_nobody_opened(drafted, as_hung, as_dung, hung):
    as_hung.send("verification:return_draft", drafted.code, **RETURNED)
    form = as_dung.open("verification:draft", drafted.code).context["form"]
    assert (form.initial["outcome"], form.initial["sources"]) == ("victim", VICTIM["sources"])
    assert as_dung.send("verification:draft", drafted.code, **VICTIM, reasons="").status_code == 302
    assert v.open_draft(by=hung, case=drafted, finding=draft(drafted)).reasons == "Lời khai khớp với nhân chứng."
    assert draft(drafted).returned is None


def test_what_is_written_beside_the_opened_argument_is_sent_to_the_page_that_keeps_it(drafted, as_dung):
    page = as_dung.send("verification:open_draft", drafted.code).content.decode()
    (form,) = [each for each in re.findall(r"<form\b.*?</form>", page, re.DOTALL) if 'name="reasons"' in each]
    sent_to = re.search(r'<form\b[^>]* action="([^"]*)"', form)
    seen_then = re.search(r'name="seen" value="(\d+)"', form)[1]
    answer = as_dung.post(sent_to[1], {**VICTIM, "reasons": "Viết lại.", "opened": "True", "seen": seen_then})
    assert answer.status_code == 302
    assert v.open_draft(by=as_dung.user, case=drafted, finding=draft(drafted)).reasons == "Viết lại."


@pytest.mark.parametrize(("name", "page"), [("dung", "open_draft"), ("hung", "read_draft")])
def test_with_another_key_the_words_stay_closed_and_a_sentence_says_why(drafted, cast, settings, tmp_path, name, page):
    settings.KEY_FILE = str(tmp_path / "another.key")
    sealing.create_key(tmp_path / "another.key")
    browser = cast.browser(name)
    answer = browser.send(f"verification:{page}", drafted.code)
    assert answer.status_code == 302 and "không phải khóa đã mã hóa" in words(browser.get(answer.url))
    assert not opened()


def test_nothing_is_opened_of_a_draft_that_was_returned_meanwhile(drafted, as_hung):
    as_hung.send("verification:return_draft", drafted.code, **RETURNED)
    assert as_hung.send("verification:read_draft", drafted.code).status_code == 302 and not opened()


def test_who_opened_the_argument_may_take_it_out(drafted, as_dung):
    assert as_dung.send("verification:draft", drafted.code, **VICTIM, reasons="", opened="True").status_code == 302
    assert draft(drafted).reasons is None


@pytest.mark.parametrize("lacking", [{"reason": ""}, {"reason": "cold"}, {"words": " "}])
def test_a_draft_is_returned_with_a_reason(drafted, as_hung, lacking):
    assert as_hung.send("verification:return_draft", drafted.code, **{**RETURNED, **lacking}).status_code == 422
    assert draft(drafted).returned is None


def test_the_head_of_another_police_neither_signs_nor_returns_nor_reads_a_draft(drafted, dung, tuan, as_tuan):
    theirs = draft(drafted)
    v.report_to_province(by=dung, case=drafted, on=TODAY, reason="complex", paper_no="80/CAH", paper_on=TODAY)
    assert "Ký kết luận xác minh" not in words(as_tuan.get("/"))
    assert "Không có dự thảo kết luận nào của đơn vị mình" in words(as_tuan.open("verification:sign", drafted.code))
    with pytest.raises(Refused, match="Chưa có dự thảo"):
        v.return_draft(by=tuan, case=drafted, **RETURNED)
    with pytest.raises(PermissionDenied):
        v.open_draft(by=tuan, case=drafted, finding=theirs)


@pytest.mark.parametrize("returned", [False, True])
@pytest.mark.parametrize("end", ["proof", "closed", "reported"])
def test_a_draft_is_set_aside_where_verification_ends_without_it(drafted, as_hung, as_dung, hanh, end, returned):
    if returned:
        as_hung.send("verification:return_draft", drafted.code, **RETURNED)
    if end == "proof":
        v.record_proof(
            by=hanh,
            case=again(drafted),
            on=TODAY,
            basis="rescuer",
            issuer="border_guard",
            certificate_no="5/GXN",
            certificate_on=TODAY,
        )
    elif end == "reported":
        v.report_to_province(
            by=as_dung.user, case=again(drafted), on=TODAY, reason="complex", paper_no="80/CAH", paper_on=TODAY
        )
    else:
        v.close_verification(by=hanh, case=again(drafted), on=TODAY, reason="left")
    assert not drafted.findings.filter(on=None, withdrawn=False).exists()
    assert "Sửa dự thảo" not in words(as_dung.get("/")) and "Ký kết luận" not in words(as_hung.get("/"))


def test_a_draft_whose_author_has_left_falls_to_the_office(drafted, cast, as_hung, as_dung):
    as_hung.send("verification:return_draft", drafted.code, **RETURNED)
    seat = cast.officer("dung").memberships.get()
    seat.until = TODAY - dt.timedelta(days=1)
    seat.save(update_fields=["until"])
    successor = cast.officer("minh")
    Membership.objects.filter(user=successor).update(agency=seat.agency)
    assert "Sửa dự thảo kết luận bị trả lại" in words(cast.browser("minh").get("/"))


def test_a_victim_is_found_on_grounds_and_sources(verifying, dung):
    with pytest.raises(Refused, match="nguồn tài liệu, chứng cứ") as refused:
        v.draft_finding(by=dung, case=verifying(), outcome="victim", grounds=["sold"])
    assert refused.value.field == "sources"
