"""What is measured answers as measurements expect."""

import itertools
import secrets

import pytest
from django.test import Client

from benan.accounts.middleware import DEMO
from benan.shell.demo import cast, lives, player
from benan.ui.pages import ONCE
from bench import measure
from bench.pages import PAGES


@pytest.fixture
def province(demo, on_day):
    """The demo's officers, and one person who still needs work."""
    on_day("05/11/2020")
    cast.appoint()
    list(player.play([life for life in lives.read() if life.key == "tbom-co"]))
    measure.look_often()


def test_what_is_measured_answers_as_expected(province):
    answers = [
        (page.name, request.path, answer(user, request), request.status)
        for page in PAGES
        for user in measure.officers(page.role)[:4]
        for request in itertools.islice(page.requests(user), 1)
    ]
    assert {name for name, *_answer in answers} == {page.name for page in PAGES}
    assert [each for each in answers if each[2] != each[3]] == []


def test_few_officers_of_a_role_are_joined_by_others_of_their_office(province):
    leaders = measure.officers("leader")
    assert len(leaders) == measure.AT_LEAST
    assert len({user.memberships.get().agency_id for user in leaders}) == 1
    assert measure.officers("leader") == leaders


def answer(user, request):
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    session = client.session
    session[DEMO] = True
    session.save()
    fields = {ONCE: secrets.token_hex(16), **request.fields}
    sent = client.post(request.path, fields) if request.fields else client.get(request.path)
    return sent.status_code
