"""What is kept of a form that was sent, and for how long."""

import datetime as dt

from django.urls import reverse

from benan.accounts import once
from benan.accounts.models import SentForm
from benan.core.days import clock
from tests.accounts.conftest import browser

NUMBER = {
    "label": "Trực ban Phòng", "phone": "0251 3821 000", "desk": "labour_office", "area_code": "737", "from_hour": "07:30",
    "to_hour": "17:00", "since": "09/11/2017",
}  # fmt: skip


def send(user, **more):
    """The answer to a form that lists a telephone."""
    return browser(user).post(reverse("accounts:add_number"), NUMBER | more)


def test_nothing_that_was_typed_is_kept(van):
    assert send(van, once="a" * 32).status_code == 302
    row = SentForm.objects.get()
    assert (row.user, row.led_to, row.shown_once) == (van, reverse("accounts:numbers"), False)
    kept = f"{row.token} {row.content}"
    assert "a" * 32 not in kept and len(kept) == 129


def test_the_same_words_leave_another_trace_under_another_token(van):
    send(van, once="a" * 32)
    send(van, once="b" * 32, from_hour="17:00", to_hour="07:30")
    first, second = SentForm.objects.order_by("pk")
    assert first.content != second.content and first.token != second.token


def test_a_form_that_was_not_taken_leaves_no_trace(van):
    assert send(van, since="31/02/2017").status_code == 422
    assert not SentForm.objects.exists()


def test_what_was_kept_goes_after_a_month(van):
    send(van)
    SentForm.objects.update(at=clock() - once.KEPT_FOR - dt.timedelta(minutes=1))
    old = SentForm.objects.get()
    send(van, from_hour="17:00", to_hour="07:30")
    assert SentForm.objects.count() == 1 and not SentForm.objects.filter(pk=old.pk).exists()
