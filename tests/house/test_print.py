"""Printed pages: nothing on them asks for a press, which paper cannot give."""

import re
from html.parser import HTMLParser

import pytest

from tests.expected import EXPECTED, OF_A_CASE
from tests.house import ROOT, text

pytestmark = pytest.mark.usefixtures("undone")

# What print.css leaves out; frames of a page, buttons, tabs and whatever is marked.
LEFT_OUT = {"no-print", "btn", "tabs", "sidebar", "topbar", "phone-bar", "skip-link", "search"}
VOID = {"input", "img", "br", "hr", "meta", "link", "use", "circle", "path", "rect", "line"}


class Printed(HTMLParser):
    """The links of a page that stay on paper (`links`), and whether the page has a form that is sent (`asks`)."""

    def __init__(self, page):
        super().__init__()
        self.links, self.asks, self._open = set(), False, []
        self.feed(page.content.decode())

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        hidden = bool(LEFT_OUT & set((told.get("class") or "").split()))
        on_paper = not hidden and not any(left_out for _tag, left_out in self._open)
        if tag == "a" and on_paper:
            self.links.add(told.get("href"))
        if tag == "form" and told.get("method") == "post" and on_paper and ("main", False) in self._open:
            self.asks = True
        if tag not in VOID:
            self._open.append((tag, hidden))

    def handle_endtag(self, tag):
        if tag in (name for name, _left_out in self._open):
            while self._open.pop()[0] != tag:
                pass


def test_the_sheet_for_paper_leaves_these_out():
    left_out = text(ROOT / "benan/ui/static/look/print.css").split("display: none")[0].rsplit("{", 1)[0]
    assert {f".{name}" for name in LEFT_OUT} <= set(re.split(r"[,\s]+", left_out))


@pytest.mark.parametrize("name", ["lan", "hanh", "hung"])
def test_no_link_on_paper_leads_to_a_page_that_is_filled_in(world, name):
    """Of the pages of a case; the steps of a reception are gone through and not printed."""
    browser, printed, asked = world.cast.browser(name), {}, set()
    for address in OF_A_CASE:
        if EXPECTED[address][name] == "200" and "/tiep-nhan/" not in address:
            printed[world.address(address)] = Printed(world.get(name, address))
    links = {(at, link) for at, page in printed.items() if not page.asks for link in page.links}
    of_the_case = {(at, link) for at, link in links if link.startswith(world.case.get_absolute_url())}
    for at, link in of_the_case - {(at, at) for at in printed}:
        if Printed(browser.get(link)).asks:
            asked.add((at, link))
    assert len(of_the_case) > 3 and asked == set()
