"""What the pages of a case offer somebody, that person can open and send, at every stage of a case."""

import re

import pytest
from django.db import transaction

from benan.accounts.models import Membership
from tests.cast import MOMENT, PEOPLE, STAGES, TODAY, Cast, agency_of, demo_installation
from tests.expected import APPS
from tests.filling import filled, form_of


class Cases:
    """A case at each stage, and those that each app adds (`cases_at_stages`)."""

    def __init__(self):
        self.cast = Cast()
        self.at = {stage: getattr(self.cast, stage)() for stage in STAGES}
        for app in APPS.values():
            self.at |= app.cases_at_stages(self.cast) if hasattr(app, "cases_at_stages") else {}

    def offered(self, name, case):
        """Every page of a case that its pages lead this person to, with the answer; none where it is out of reach."""
        browser, home = self.cast.browser(name), case.get_absolute_url()
        answers, waiting = {}, [home]
        while waiting:
            address = waiting.pop()
            answers[address] = page = browser.get(address)
            if page.status_code == 404 and address == home:
                return {}
            links = re.findall(rf'href="({home}[^"#?]*)', page.content.decode())
            waiting += [link for link in set(links) if link not in answers and link not in waiting]
        return answers


@pytest.fixture(scope="module")
def cases(django_db_setup, django_db_blocker, tmp_path_factory):
    """Cases at every stage, looked at and left as they are."""
    with django_db_blocker.unblock(), transaction.atomic(), demo_installation(tmp_path_factory.mktemp("cases")):
        yield Cases()
        transaction.set_rollback(True)


# A second role elsewhere, which allows there what the first does not allow here.
ALSO = {
    "lan": ("caseworker", "labour-736"),
    "dung": ("caseworker", "labour-736"),
    "phuong": ("investigator", "police-736"),
}


@pytest.fixture
def second_role(cases, request):
    """Somebody's name; where "and more" follows it they have a second role until the test ends."""
    name, _space, more = request.param.partition(" ")
    cases.cast.browser(name)  # signed in before what is undone
    with transaction.atomic():
        if more:
            role, agency = ALSO[name]
            user, agency = cases.cast.officer(name), agency_of(agency)
            Membership.objects.create(user=user, agency=agency, role=role, since=TODAY,
                                      confirmed_by=cases.cast.officer("van"), confirmed_at=MOMENT)  # fmt: skip
        yield name
        transaction.set_rollback(True)


ALONE = [name for name in PEOPLE if name not in ("van", "vy", "quyen", "quang", "bao", "son")]


@pytest.mark.parametrize("second_role", ALONE + [f"{name} and more" for name in ALSO], indirect=True)
def test_what_is_offered_opens_and_its_form_is_taken_or_says_what_is_wrong(cases, second_role):
    browser, wrong, taken = cases.cast.browser(second_role), [], 0
    for stage, case in cases.at.items():
        for url, page in cases.offered(second_role, case).items():
            if page.status_code not in (200, 302):
                wrong.append((stage, url, page.status_code))
            elif form := form_of(page):
                with transaction.atomic():
                    answer = browser.post(url, filled(form))
                    after = browser.get(answer.url) if answer.status_code == 302 else answer
                    transaction.set_rollback(True)
                taken += answer.status_code == 302
                if after.status_code != 200 and not (after.status_code == 422 and after.context["form"].errors):
                    wrong.append((stage, url, answer.status_code, after.status_code))
    assert taken and wrong == []
