"""Every page of the program fits a desk and a telephone, and can be used by those who do not see it or use no mouse."""

import re
from urllib.parse import unquote, urlparse

import pytest
from playwright.sync_api import sync_playwright

from tests import chromium, databases
from tests.cast import TODAY, demo_installation
from tests.expected import EXPECTED, SHOWN, first_who
from tests.factories import World
from tests.journeys.browsing import Browser

WIDTHS = (1366, 360)


@pytest.fixture(scope="module")
def browsers(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world of the other tests behind a real server; call with a name and a width for that person's browser."""
    folder, open_now = tmp_path_factory.mktemp("world"), {}
    with (
        databases.copy() as copy,
        django_db_blocker.unblock(),
        databases.in_process(copy),
        demo_installation(folder),
    ):
        world = World()
        with (
            databases.web_server(copy, today=TODAY.isoformat(), KEY_FILE=str(folder / "vault.key")) as running,
            sync_playwright() as playwright,
        ):
            engine = playwright.chromium.launch(**chromium.launch_options())

            def browser(name, width):
                if (name, width) not in open_now:
                    open_now[name, width] = one = Browser(engine, running, width=width, scripts=True)
                    if name != "anon":
                        one.open(re.search(r"/vao/\S+/", running.manage("sign_in_link", name))[0])
                        one.press(re.compile("Vào"))
                return open_now[name, width]

            yield world, browser
            engine.close()


@pytest.mark.browser
@pytest.mark.parametrize("address", SHOWN)
def test_a_page_fits_and_has_no_axe_violation(browsers, address):
    world, browser = browsers
    answers = EXPECTED[address]
    name = "anon" if answers["anon"] == "200" else first_who(answers)
    for width in WIDTHS:
        at, here = world.address(address), browser(name, width)
        here.open(at)
        assert unquote(urlparse(here.page.url).path) == at.partition("?")[0], "led on to another page"
