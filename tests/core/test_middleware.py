"""Reading never writes: the database itself refuses it."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.utils import InternalError
from django.http import HttpResponse
from django.urls import path

from benan.accounts.models import User


@login_not_required
def write(request):
    User.objects.create(username="viet-khi-doc")
    return HttpResponse("đã ghi")


@login_not_required
def whom(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('benan.principal')")
        return HttpResponse(cursor.fetchone()[0])


urlpatterns = [path("viet/", write), path("cho-ai/", whom)]


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


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_request_works_for_the_officer_and_leaves_nothing_behind(cast, settings, method):
    browser, lan = cast.browser("lan"), cast.officer("lan")
    settings.ROOT_URLCONF = __name__
    before = whom(None).content
    assert getattr(browser, method)("/cho-ai/").content.decode() == f"user:{lan.pk}"
    assert whom(None).content == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_request_of_nobody_works_for_the_entry(browser, method):
    assert getattr(browser, method)("/cho-ai/").content == b"entry"
