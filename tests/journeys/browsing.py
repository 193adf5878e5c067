"""A browser in the hands of an officer: pages are worked by the words on them, as people do."""

import re
from io import BytesIO
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from docx import Document

LINE = 40  # px; two lines are more


class Browser:
    """One officer's browser on the running program; every page it leaves behind is checked for accessibility."""

    def __init__(self, chromium, running, *, width, scripts):
        self.context = chromium.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, base_url=running.url
        )
        self.page = self.context.new_page()
        self.width, self.scripts = width, scripts

    def open(self, path):
        """Go to an address; it must answer, fit the screen and pass axe."""
        answer = self.page.goto(path)
        assert answer.ok, f"{path}: {answer.status}"
        self.look()

    def look(self):
        """The page at hand fits the screen, says that its people are invented, and axe finds no violation.

        Its telephone numbers stand in one line; with scripts the current tab is in sight.
        """
        assert self.sees("dữ liệu giả lập") or self.sees("Dữ liệu giả lập"), (
            f"{self.page.url} is not marked as a demo's"
        )
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, f"{self.page.url} is {wide} px wide"
        heights = self.page.locator("a[href^='tel:']:visible").evaluate_all("all => all.map(one => one.offsetHeight)")
        assert all(height < LINE for height in heights), f"{self.page.url}: {heights}"
        if self.scripts:
            beyond = self.page.locator(".tab[aria-current]").evaluate_all(
                "all => all.map(one => one.getBoundingClientRect()).filter(box => box.left < 0 || box.right > innerWidth)"
            )
            assert not beyond, f"{self.page.url}: the current tab is out of sight"
            found = Axe().run(self.page).response["violations"]
            assert not found, [(each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found]

    def follow(self, words, *, within="main"):
        """Follow the first link that says these words."""
        self.page.locator(within).get_by_role("link", name=words).first.click()
        self.look()

    def write(self, **fields):
        """Fill fields by name: text in boxes, choices by value, cards by value or list of values."""
        for name, value in fields.items():
            box = self.page.locator(f"main [name='{name}']")
            kind = box.first.get_attribute("type") or box.first.evaluate("box => box.tagName")
            for each in value if isinstance(value, list) else [value]:
                if each == "on" and kind == "checkbox":
                    box.check(force=True)
                elif kind in ("radio", "checkbox"):
                    self.page.locator(f"main [name='{name}'][value='{each}']").check(force=True)
                elif kind.lower() == "select":
                    box.select_option(each)
                else:
                    box.fill(each)

    def press(self, words, *, status=None):
        """Press a button of the page's main part; the page that follows must not be an error but the one expected."""
        with self.page.expect_navigation() as navigation:
            self.page.locator("main").get_by_role("button", name=words).first.click()
        answer = navigation.value
        problem = self.page.locator("[id='form-errors'] ~ ul").all_inner_texts()
        as_expected = answer is None or (answer.ok if status is None else answer.status == status)
        assert as_expected, f"{self.page.url}: {answer.status} {problem}"
        self.look()

    def sees(self, words):
        """Whether the page says something."""
        return re.sub(r"\s+", " ", words) in re.sub(r"\s+", " ", self.page.locator("body").inner_text())

    def press_twice(self, words, leads_to):
        """Click a button twice within 20 ms; the page that follows has to be the one expected."""
        button = self.page.locator("main").get_by_role("button", name=words).first
        with self.page.expect_navigation(url=leads_to):
            button.evaluate("button => { button.click(); setTimeout(() => button.click(), 20); }")
        self.look()

    def file(self, words):
        """Press a button that gives a file; returns what it holds."""
        with self.page.expect_download() as waiting:
            self.page.locator("main").get_by_role("button", name=words).first.click()
        return Path(waiting.value.path()).read_bytes()

    def download(self, words):
        """Press a button that gives a Word file; returns its text."""
        document = Document(BytesIO(self.file(words)))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
