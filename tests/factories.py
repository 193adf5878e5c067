"""A life lived far enough that every page has something to show (dữ liệu giả lập)."""

import pytest
from django.db import transaction
from django.test import Client

from tests.cast import PEOPLE, Cast, demo_installation
from tests.expected import APPS


class World:
    """One case with a line of every sort, another out of its people's reach, and the people at their desks."""

    def __init__(self):
        self.cast = Cast()
        for name in PEOPLE:
            self.cast.browser(name)
        self.case = self.cast.verifying(self.cast.screened(danger="yes", nationality="citizen"))
        self.other = self.cast.received(by="quyen")
        self.elsewhere = self.other.code
        self.names, self.theirs = {}, {}
        for app in APPS.values():
            self.names |= app.life(self) if hasattr(app, "life") else {}
        for app in APPS.values():
            self.theirs |= app.life_elsewhere(self) if hasattr(app, "life_elsewhere") else {}

    def address(self, pattern, **instead):
        """An address with its places filled in, {code} by the case's code and so on."""
        return pattern.format(**{**self.names, **instead})

    def get(self, name, pattern, **instead):
        """What a person gets at an address; "anon" is nobody in particular."""
        return self._browser(name).get(self.address(pattern, **instead))

    def send(self, name, pattern, data, **instead):
        """What a person gets who sends a form to an address; whatever it did is undone, and they stay signed in."""
        browser = self._browser(name)
        cookies = browser.cookies.output()
        with transaction.atomic():
            answer = browser.post(self.address(pattern, **instead), data)
            transaction.set_rollback(True)
        if browser.cookies.output() != cookies:
            browser.cookies.clear()
            browser.cookies.load(cookies.replace("Set-Cookie: ", ""))
        return answer

    def _browser(self, name):
        return Client() if name == "anon" else self.cast.browser(name)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """One life for all tests of a case, which leave it as it was (`undone`)."""
    with django_db_blocker.unblock(), transaction.atomic(), demo_installation(tmp_path_factory.mktemp("world")):
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def undone(world):
    """What a test does to the life is undone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
