"""Two officers write at once: the second is told what changed and keeps every letter."""

import re
import threading

import pytest
from django.db import IntegrityError, connections

from benan.cases.actions import corrections, receptions
from benan.cases.models import File, Step
from benan.core.refusals import Refused
from benan.vault import access
from tests.cast import CAME, TODAY, seen, words


def seen_on(page):
    """What the form on a page says it saw."""
    return re.search(r'name="seen" value="(\d+)"', page.content.decode())[1]


def test_the_second_officer_is_told_who_did_what_and_their_text_stays(notified, as_hanh, lan):
    file = notified()
    form = seen_on(as_hanh.open("cases:remark", file.code))
    receptions.explain_rights(by=lan, file=file, on=TODAY)
    page = as_hanh.send("cases:remark", file.code, on=TODAY, words="chị ngủ được rồi", seen=form)
    said = words(page)
    assert page.status_code == 422
    assert "Trong lúc viết, người khác đã ghi vào hồ sơ này. Chữ đã gõ còn nguyên" in said
    assert "09/11/2017: Đã giải thích quyền · Nguyễn Thị Lan" in said
    assert "chị ngủ được rồi" in page.content.decode()


def test_having_read_it_they_save_again_and_it_goes_through(notified, as_hanh, lan):
    file = notified()
    form = seen_on(as_hanh.open("cases:remark", file.code))
    receptions.explain_rights(by=lan, file=file, on=TODAY)
    page = as_hanh.send("cases:remark", file.code, on=TODAY, words="chị ngủ được rồi", seen=form)
    again = as_hanh.send("cases:remark", file.code, on=TODAY, words="chị ngủ được rồi", seen=seen_on(page))
    assert again.status_code == 302
    assert file.steps.filter(key="remark").count() == 1


def test_what_one_wrote_oneself_in_another_window_is_no_surprise(notified, as_hanh, hanh):
    file = notified()
    form = seen_on(as_hanh.open("cases:remark", file.code))
    corrections.remark(by=hanh, file=file, on=TODAY, words="trước")
    assert as_hanh.send("cases:remark", file.code, on=TODAY, words="sau", seen=form).status_code == 302


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("cases:who", {"full_name": "Trịnh Thị Nụ", "nationality": "citizen"}),
        ("cases:words", {"own_words": "Em bị lừa."}),
        ("cases:rights", {"explained": "on", "on": TODAY}),
        ("cases:companions", {"kind": "minor", "full_name": "Bé Na"}),
        ("support:now", {"danger": "yes", "needs": ["food"], "on": TODAY}),
        ("support:assess", {"groups": ["legal"], "needs": ["legal_aid"], "on": TODAY}),
        ("support:close", {"closing": "left", "on": TODAY}),
        ("cases:join", {"code": "17-00000"}),
    ],
)
def test_every_form_of_a_file_notices(notified, as_hanh, lan, page, data):
    file = notified()
    form = seen(file.code)
    other = notified()
    corrections.remark(by=lan, file=file, on=TODAY, words="chữ của Lan")
    before = Step.objects.count()
    data = data | ({"code": other.code} if "code" in data else {})
    answer = as_hanh.send(page, file.code, **data, seen=form)
    assert answer.status_code == 422 and "Ghi thêm · Nguyễn Thị Lan" in words(answer)
    assert Step.objects.count() == before


def test_two_who_give_the_notice_at_once_give_it_once(town):
    file, lan = town.received(), town.officer("lan")
    told, start = [], threading.Barrier(2)

    def notify():
        start.wait()
        try:
            receptions.notify_labour(by=lan, file=file, on=CAME)
            told.append("")
        except Refused as refused:
            told.append(str(refused))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=notify) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = sorted(told)
    assert first == "" and "Không làm được bước" in second
    assert file.steps.filter(event="labour_notified").count() == 1


def test_two_who_open_a_file_for_one_person_at_once_open_one(town):
    lan, start, made = town.officer("lan"), threading.Barrier(2), []
    person = access.enrol()

    def receive():
        start.wait()
        try:
            made.append(town.received(person_id=person.pk).pk)
        except (Refused, IntegrityError):
            made.append(None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=receive) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made.count(None) == 1
    assert File.objects.visible_to(lan).filter(person=person.pk).count() == 1
