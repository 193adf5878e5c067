"""The page of a role or of a request that somebody answered meanwhile says so to those whom it concerned."""

import pytest
from django.urls import reverse

from benan.accounts.actions import endings, roles
from benan.accounts.models import Membership
from tests.accounts.conftest import COMMUNE, browser
from tests.cast import TODAY, agency_of, give_factor, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed(van, ngoc, tam):
    """A role that the commune's head confirmed."""
    give_factor(ngoc)
    role = Membership.objects.create(user=ngoc, agency=agency_of(COMMUNE), role="receiver", since=TODAY, granted_by=van)
    return roles.confirm_role(by=tam, membership=role)


@pytest.fixture
def withdrawn(van, tam):
    """A request to end the head's role that was taken back."""
    asked = endings.ask_to_end_role(by=van, membership=tam.memberships.get(), until=TODAY, why="left")
    endings.withdraw_end(by=van, request=asked)
    return asked


@pytest.mark.parametrize("send", ["get", "post"])
def test_a_role_that_is_confirmed_already_says_by_whom(confirmed, tam, send):
    page = getattr(browser(tam), send)(reverse("accounts:confirm", args=[confirmed.pk]), follow=True)
    assert f"Vai trò này đã được xác nhận: {tam}" in words(page)


def test_it_says_so_to_no_head_of_elsewhere(confirmed, cast):
    page = browser(cast.officer("truong_phong")).get(reverse("accounts:confirm", args=[confirmed.pk]))
    assert page.status_code == 404


@pytest.mark.parametrize("name", ["accounts:agree", "accounts:withdraw"])
def test_a_request_that_was_taken_back_says_so(withdrawn, van, vy, name):
    for person in (van, vy):
        page = browser(person).post(reverse(name, args=[withdrawn.pk]), follow=True)
        assert "Đề nghị này đã được trả lời hoặc đã rút lúc" in words(page)


def test_and_says_it_to_nobody_who_could_not_answer(withdrawn, cast):
    page = browser(cast.officer("truong_phong")).get(reverse("accounts:agree", args=[withdrawn.pk]))
    assert page.status_code == 404
