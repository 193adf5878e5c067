"""What the pages of a file offer somebody, that person can open and send, at every stage of a file."""

import re

import pytest
from django import forms
from django.db import transaction

from benan.accounts.models import Membership
from benan.cases.actions import erasures, identities, verification
from benan.core.forms import DayField
from benan.support.actions import homeward
from tests.cast import COMMUNE, MOMENT, PEOPLE, STAGES, TODAY, Cast, agency_of, demo_installation


class Files:
    """A file at each stage, with the province's police, referred but not yet answered for, and ended."""

    def __init__(self):
        self.cast = cast = Cast()
        self.at = {stage: getattr(cast, stage)() for stage in STAGES}
        self.at["reported"] = verification.report_to_province(
            by=cast.officer("dung"),
            file=cast.verifying(),
            on=TODAY,
            reason="complex",
            paper_no="80/CAH",
            paper_on=TODAY,
        ).file
        self.at["referred"] = cast.referred(cast.assessed()).file
        self.at["served"] = cast.referred(cast.assessed(), kind="service", to="womens_union").file
        self.at["endangered"] = cast.notified(cast.screened(danger="yes"))
        self.at["ended"] = homeward.close(by=cast.officer("hanh"), file=cast.assessed(), on=TODAY, closing="left")
        for stage in ("to erase", "erased"):
            self.at[stage] = homeward.close(by=cast.officer("hanh"), file=cast.assessed(), on=TODAY, closing="left")
            erasures.ask(by=cast.officer("hanh"), file=self.at[stage], reason="error", received_on=TODAY)
        erasures.decide(by=cast.officer("truong_phong"), file=self.at["erased"], agreed=True, decision_no="5/QĐ",
                        decision_on=TODAY)  # fmt: skip
        self.at["joined"] = cast.notified(cast.screened())
        self.at["joined to"] = identities.join(by=cast.officer("hanh"), file=cast.notified(), other=self.at["joined"])

    def offered(self, name, file):
        """Every page of a file that its pages lead this person to, with the answer; none where it is out of reach."""
        browser, home = self.cast.browser(name), file.get_absolute_url()
        answers, waiting = {}, [home]
        while waiting:
            address = waiting.pop()
            answers[address] = page = browser.get(address)
            if page.status_code == 404 and address == home:
                return {}
            links = re.findall(rf'href="({home}[^"#?]*)', page.content.decode())
            waiting += [link for link in set(links) if link not in answers and link not in waiting]
        return answers


def filled(form):
    """What somebody might send: what stands there, else the first choice, a tick, today, a number, a word."""
    return {name: value for name, field in form.fields.items() if (value := typed(form, name, field)) not in (None, "")}


def typed(form, name, field):
    """The value of one field."""
    initial = form.get_initial_for_field(field, name)
    if initial not in (None, "", []):
        return initial.strftime("%d/%m/%Y") if hasattr(initial, "strftime") else initial
    if isinstance(field, forms.ChoiceField):
        choices = [value for group in field.choices for value in keys(*group) if value]
        return choices[:1] if isinstance(field, forms.MultipleChoiceField) else next(iter(choices), "")
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, DayField):
        return f"{TODAY:%d/%m/%Y}"
    return COMMUNE if "code" in name else "12/CV" if field.required or "_no" in name else ""


def keys(value, label):
    """The values of a choice, or of a group of choices."""
    return [value for value, _label in label] if isinstance(label, list | tuple) else [value]


@pytest.fixture(scope="module")
def files(django_db_setup, django_db_blocker, tmp_path_factory):
    """Files at every stage, looked at and left as they are."""
    with django_db_blocker.unblock(), transaction.atomic(), demo_installation(tmp_path_factory.mktemp("files")):
        yield Files()
        transaction.set_rollback(True)


# A second role elsewhere, which allows there what the first does not allow here.
ALSO = {
    "lan": ("caseworker", "labour-736"),
    "dung": ("caseworker", "labour-736"),
    "phuong": ("investigator", "police-736"),
}


@pytest.fixture
def second_role(files, request):
    """Somebody's name; where "and more" follows it they have a second role until the test ends."""
    name, _space, more = request.param.partition(" ")
    files.cast.browser(name)  # signed in before what is undone
    with transaction.atomic():
        if more:
            role, agency = ALSO[name]
            user, agency = files.cast.officer(name), agency_of(agency)
            Membership.objects.create(user=user, agency=agency, role=role, since=TODAY,
                                      confirmed_by=files.cast.officer("van"), confirmed_at=MOMENT)  # fmt: skip
        yield name
        transaction.set_rollback(True)


ALONE = [name for name in PEOPLE if name not in ("van", "vy", "quyen", "quang", "bao", "son")]


@pytest.mark.parametrize("second_role", ALONE + [f"{name} and more" for name in ALSO], indirect=True)
def test_what_is_offered_opens_and_its_form_is_taken_or_says_what_is_wrong(files, second_role):
    browser, wrong, taken = files.cast.browser(second_role), [], 0
    for stage, file in files.at.items():
        for url, page in files.offered(second_role, file).items():
            if page.status_code not in (200, 302):
                wrong.append((stage, url, page.status_code))
            elif form := page.context and page.context.get("form"):
                with transaction.atomic():
                    answer = browser.post(url, filled(form))
                    after = browser.get(answer.url) if answer.status_code == 302 else answer
                    transaction.set_rollback(True)
                taken += answer.status_code == 302
                if after.status_code != 200 and not (after.status_code == 422 and after.context["form"].errors):
                    wrong.append((stage, url, answer.status_code, after.status_code))
    assert taken and wrong == []
