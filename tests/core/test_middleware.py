"""Reading never writes: the database itself refuses it."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db.utils import InternalError
from django.http import HttpResponse
from django.urls import path

from benan.accounts.models import User


@login_not_required
def write(request):
    User.objects.create(username="viet-khi-doc")
    return HttpResponse("đã ghi")


urlpatterns = [path("viet/", write)]


@pytest.fixture
def browser(db, client, settings):
    settings.ROOT_URLCONF = __name__
    return client


def test_a_page_that_writes_while_it_is_read_is_refused_by_the_database(browser):
    with pytest.raises(InternalError, match="read-only transaction"):
        browser.get("/viet/")


def test_a_form_that_is_sent_may_write(browser):
    assert browser.post("/viet/").status_code == 200
    assert User.objects.filter(username="viet-khi-doc").exists()


@pytest.mark.parametrize("address", ["/%00/", "/viet/%00", "/ho-so/?trang=%00", "/tai-khoan/a%00b/"])
def test_an_address_with_a_nul_in_it_leads_nowhere(db, client, address):
    assert client.get(address).status_code == 404
