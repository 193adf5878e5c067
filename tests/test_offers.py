"""What the pages of a file offer somebody, that person can open, at every stage of a file."""

import re

import pytest
from django.db import transaction

from benan.cases.actions import verification
from benan.support.actions import homeward
from tests.cast import PEOPLE, STAGES, TODAY, Cast, demo_installation


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
        self.at["ended"] = homeward.close(by=cast.officer("hanh"), file=cast.assessed(), on=TODAY, closing="left")

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
        return {address: page.status_code for address, page in answers.items()}


@pytest.fixture(scope="module")
def files(django_db_setup, django_db_blocker, tmp_path_factory):
    """Files at every stage, looked at and left as they are."""
    with django_db_blocker.unblock(), transaction.atomic(), demo_installation(tmp_path_factory.mktemp("files")):
        yield Files()
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in ("van", "vy", "quyen", "quang", "bao", "son")])
def test_what_is_offered_opens(files, name):
    answers = {stage: files.offered(name, file) for stage, file in files.at.items()}
    refused = [(stage, url) for stage, found in answers.items() for url, status in found.items() if status not in (200, 302)]  # fmt: skip
    assert any(answers.values()) and refused == []
