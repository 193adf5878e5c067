"""Whatever a desk leads to opens for whom it is shown, and a head's desk shows what is the head's to decide."""

import re

import pytest
from django.db import transaction
from django.test import override_settings

from benan.verification import actions as verification
from tests.cast import PEOPLE, STAGES, Cast, demo_installation, words
from tests.expected import APPS


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker, tmp_path_factory):
    """Cases at every stage, with drafts to sign and to mend."""
    with django_db_blocker.unblock(), transaction.atomic(), demo_installation(tmp_path_factory.mktemp("desks")):
        people = Cast()
        for name in PEOPLE:
            people.officer(name)
        for stage in STAGES:
            getattr(people, stage)()
        for app in APPS.values():
            if hasattr(app, "cases_at_stages"):
                app.cases_at_stages(people)
        people.screened(people.notified(), danger="yes")
        people.referred(people.assessed())
        found = {"outcome": "victim", "grounds": ["sold"], "sources": ["witness"]}
        for returned in (False, True):
            case = people.verifying()
            verification.draft_finding(by=people.officer("dung"), case=case, **found)
            if returned:
                verification.return_draft(by=people.officer("hung"), case=case, reason="other", words="Sửa.")
        yield people
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", PEOPLE)
def test_every_button_and_row_of_a_desk_opens(cast, name):
    browser = cast.browser(name)
    html = browser.get("/", follow=True).content.decode()
    links = set(re.findall(r'<a\b[^>]*href="(/[^"#?]*)', html[html.index("<main") :]))
    answers = {link: browser.get(link).status_code for link in links}
    assert {link: code for link, code in answers.items() if code not in (200, 302)} == {}
    assert links or name in ("bao", "son", "van", "vy", "tuan", "minh", "quang")


def later_desk(cast, name):
    """The desk of somebody on 20/11/2017, when the answers of the police are due within two weeks."""
    with override_settings(BENAN_TODAY="2017-11-20"):
        return cast.browser(name).get("/")


def tasks(page):
    """What a desk says is to be done, without the panels beside it."""
    return [task.what for _name, listed, _count in page.context["groups"] for task in listed]


@pytest.mark.parametrize(
    ("name", "theirs", "not_theirs"),
    [
        ("truong_phong", "Quyết định bảo vệ ngay", "Gửi Công an cấp huyện văn bản đề nghị xác minh"),
        ("hung", "Ký kết luận xác minh", "Công an cấp huyện trả lời kết quả xác minh"),
    ],
)
def test_a_head_is_not_given_what_others_do(cast, name, theirs, not_theirs):
    page = later_desk(cast, name)
    assert theirs in words(page)
    assert not [what for what in tasks(page) if not_theirs in what]
    assert not_theirs in words(page)  # in the panel of the office, with who is in charge
    assert "Việc của đơn vị" in words(page) and "Chưa giao cho cán bộ nào" in words(page)


def test_an_officer_is_given_what_is_theirs(cast):
    assert "Công an cấp huyện trả lời kết quả xác minh" in tasks(later_desk(cast, "dung"))
    page = later_desk(cast, "hanh")
    assert any(what.startswith("Gửi Công an cấp huyện văn bản đề nghị") for what in tasks(page))
    assert "Việc của đơn vị" not in words(page)
