"""Opening who somebody is: for a purpose, for five minutes, with a trace."""

import pytest

from benan.audit.models import Event
from benan.cases.actions import corrections, receptions
from benan.vault.events import VaultEvent
from tests.cast import TODAY, words

SAID = {"full_name": "Trịnh Thị <b>Nụ</b>", "phone": "0912345678", "own_words": "Em bị lừa\nrồi bị bán."}


@pytest.fixture
def case(notified):
    """Somebody who said who they are, now with Hạnh."""
    return notified(identity=SAID)


def ask(browser, case, *fields, purpose="support", **more):
    """The page after asking."""
    return browser.send("cases:reveal", case.code, purpose=purpose, fields_wanted=list(fields), **more)


def test_before_asking_the_page_shows_nothing(case, as_hanh):
    assert "Nụ" not in as_hanh.open("cases:reveal", case.code).content.decode()


def test_what_was_asked_is_shown_escaped_and_nothing_more(case, as_hanh):
    page = ask(as_hanh, case, "full_name")
    assert "Trịnh Thị &lt;b&gt;Nụ&lt;/b&gt;" in page.content.decode()
    assert "0912345678" not in page.content.decode()


def test_it_covers_itself_after_five_minutes_and_is_kept_by_no_cache(case, as_hanh):
    page = ask(as_hanh, case, "full_name")
    assert page["Cache-Control"] == "no-store"
    assert page["Refresh"] == f"300; url=/ho-so/{case.code}/"


def test_what_was_never_said_is_shown_as_not_recorded(case, as_hanh):
    assert "chưa ghi" in words(ask(as_hanh, case, "id_number"))


def test_the_trace_is_written_with_the_purpose(case, as_hanh):
    ask(as_hanh, case, "phone", purpose="contact")
    row = Event.objects.filter(event=VaultEvent.IDENTITY_OPENED).get()
    assert (row.by, row.subject, row.data) == ("hanh", f"case:{case.code}", {"purpose": "contact", "fields": ["phone"]})


def test_others_on_the_case_see_who_opened_it_and_why(case, as_hanh, as_lan):
    ask(as_hanh, case, "phone", purpose="contact")
    said = words(as_lan.open("cases:access_log", case.code))
    assert "Trần Minh Hạnh đã mở danh tính · Liên hệ người ấy hoặc gia đình, Số điện thoại" in said


@pytest.mark.parametrize(
    ("fields", "purpose"), [((), "support"), (("full_name",), ""), (("full_name",), "xem"), (("tất cả",), "support")]
)
def test_without_purpose_or_fields_nothing_opens(case, as_hanh, fields, purpose):
    page = ask(as_hanh, case, *fields, purpose=purpose)
    assert page.status_code == 422 and "Nụ" not in page.content.decode()
    assert not Event.objects.filter(event=VaultEvent.IDENTITY_OPENED).exists()


def test_words_of_the_history_open_with_their_day(case, as_hanh, lan):
    corrections.remark(by=lan, case=case, on=TODAY, words="sợ <người> lạ")
    page = ask(as_hanh, case, "notes")
    assert "sợ &lt;người&gt; lạ" in page.content.decode() and "09/11/2017" in words(page)


def test_the_story_keeps_its_lines(case, as_hanh):
    assert "Em bị lừa<br>rồi bị bán." in ask(as_hanh, case, "own_words").content.decode()


def test_old_values_are_offered_to_those_who_may_correct_alone(case, as_hanh, as_lan, lan):
    receptions.record_identity_and_facts(by=lan, case=case, values={"phone": "0987654321"})
    page = ask(as_hanh, case, "phone", purpose="correct", old="on")
    assert "0912345678" in words(page) and "giá trị cũ" in words(page)
    assert "giá trị cũ" not in words(as_lan.open("cases:reveal", case.code))
    assert "0912345678" not in words(ask(as_lan, case, "phone", old="on"))


@pytest.mark.parametrize(
    ("name", "status"), [("thu", 403), ("truong_phong", 403), ("quang", 404), ("vy", 404), ("bao", 404)]
)
def test_who_may_not_open_is_refused_before_any_form(cast, case, name, status):
    assert cast.browser(name).open("cases:reveal", case.code).status_code == status
    assert ask(cast.browser(name), case, "full_name").status_code == status
