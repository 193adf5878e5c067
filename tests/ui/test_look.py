"""How pages are made: what the content policy forbids, what drawings exist, what the typeface can write."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import get_resolver, resolve
from fontTools.ttLib import TTFont

from benan.ui.samples import sample_context
from benan.ui.templatetags.ui import keep_together
from benan.ui.typeface import WEIGHTS
from tests.house import ROOT, TEMPLATES, found, text

SHEETS = sorted((ROOT / "benan/ui/static/look").glob("*.css"))
SPRITE = (ROOT / "benan/ui/static/icons.svg").read_text()
DRAWN = re.findall(r'<symbol id="([^"]+)"', SPRITE)
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYfjwzFJWZ0123456789"
MARKED = "áàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵỖẶỞỆỮ"
SIGNS = "₫–—“”‘’…·×≤≥≈Ø%/()[]@#&§\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"


def test_no_template_carries_style_or_script():
    without_tags = lambda path: re.sub(r"{%.*?%}|{{.*?}}", "", text(path))  # noqa: E731
    carried = r"\sstyle\s*=|<style|javascript:|hx-on|\son[a-z]+\s*=|<script(?![^>]* src=)[^>]*>"
    assert found(re.compile(carried), TEMPLATES, without_tags) == []


def test_every_drawing_a_template_names_exists():
    exists = "|".join(map(re.escape, DRAWN))
    missing = rf'(?:{{% (?:icon|mark) |icon=)"(?!(?:{exists})")[^"{{]+"|sprite }}}}#(?!(?:{exists})\b(?!-))[a-z-]+'
    assert found(re.compile(missing), TEMPLATES) == []


def test_every_drawing_a_program_names_exists():
    code = "\n".join(path.read_text() for path in (ROOT / "benan").rglob("*.py"))
    named = re.findall(r'icon="([a-z-]+)"|"icon": "([a-z-]+)"', code)
    assert {one or other for one, other in named} <= set(DRAWN)


def test_no_drawing_exists_twice():
    assert len(DRAWN) == len(set(DRAWN))


def test_the_stylesheet_finds_its_parts():
    parts = re.findall(r'url\("([^"]+)"\)', (ROOT / "benan/ui/static/benan.css").read_text())
    assert parts and [name for name in parts if not finders.find(name)] == []


def test_a_stylesheet_asks_only_for_what_is_there():
    asked = [(path.name, name) for path in SHEETS for name in re.findall(r"url\([\"']?([^\"')]+)", text(path))]
    missing = [
        f"{sheet}: {name}"
        for sheet, name in asked
        if not name.startswith("data:") and not finders.find(name.removeprefix("../"))
    ]
    assert missing == []


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_typeface_writes_vietnamese(weight):
    written = TTFont(finders.find(f"typeface/BeVietnamPro-{weight}.woff2")).getBestCmap()
    assert not [sign for sign in LETTERS + MARKED + SIGNS if ord(sign) not in written]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_figures_in_columns_are_equally_wide(weight):
    font = TTFont(finders.find(f"typeface/BeVietnamPro-{weight}.woff2"))
    table = font["GSUB"].table
    feature = next(one.Feature for one in table.FeatureList.FeatureRecord if one.FeatureTag == "tnum")
    twins = table.LookupList.Lookup[feature.LookupListIndex[0]].SubTable[0].mapping
    assert set(twins) == {font.getBestCmap()[ord(figure)] for figure in "0123456789"}
    assert len({font["hmtx"][twin][0] for twin in twins.values()}) == 1


def test_the_typeface_is_small_enough_for_a_cheap_telephone():
    assert sum(Path(finders.find(f"typeface/BeVietnamPro-{w}.woff2")).stat().st_size for w in WEIGHTS) < 80_000


def test_no_other_file_is_promised_by_the_typeface():
    assert not finders.find("typeface/BeVietnamPro-900.woff2")


def tokens():
    return dict(re.findall(r"--([a-z]+-\d+): (#[0-9a-f]{6})", (ROOT / "benan/ui/static/look/tokens.css").read_text()))


def light(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink-900", "sand-100"), ("ink-700", "sand-100"), ("ink-600", "sand-100"), ("ink-600", "harbour-100"),
        ("harbour-700", "sand-100"), ("harbour-700", "harbour-50"), ("harbour-200", "harbour-900"), ("amber-700", "amber-100"),
        ("leaf-700", "leaf-100"), ("leaf-800", "leaf-100"), ("lotus-700", "sand-50"), ("brick-700", "sand-50"),
    ],
)  # fmt: skip
def test_words_can_be_read_on_their_ground(ink, ground):
    assert contrast(tokens()[ink], tokens()[ground]) >= 4.5


@pytest.mark.parametrize(
    ("ink", "ground"), [("sand-500", "sand-50"), ("lotus-600", "sand-50"), ("harbour-600", "sand-50")]
)
def test_borders_and_shapes_can_be_told_from_their_ground(ink, ground):
    assert contrast(tokens()[ink], tokens()[ground]) >= 3


def sample_page(**more):
    """The page of component states, with the addresses that a context processor gives."""
    return render_to_string("ui/components.html", sample_context() | {"home_url": "/", "find_url": "/"} | more)


def test_every_part_is_drawn_in_every_state():
    page = sample_page()
    parts = (
        "task",
        "seal open",
        "speech",
        "procedure-picture",
        "form-errors",
        "table folds",
        "bare steps",
        "people-dots",
    )
    assert [part for part in parts if part not in page] == []
    assert all(f'class="clock {state}"' in page for state in ("later", "soon", "today", "overdue", "none", "done"))


def test_a_demo_shows_samples_of_the_parts(as_lan):
    assert "seal open" in as_lan.get("/mau-trang-thai/").content.decode()


def test_a_real_installation_shows_no_samples(db, rf):
    page = resolve("/mau-trang-thai/")
    with pytest.raises(Http404):
        page.func(rf.get("/mau-trang-thai/"))


def test_no_two_parts_of_a_page_share_an_id():
    found = re.findall(r'\sid="([^"]+)"', sample_page())
    assert len(found) == len(set(found))


def test_headings_of_a_page_skip_no_level():
    page = sample_page().split("<dialog")[0]
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1 and all(later <= earlier + 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "503"])
def test_a_page_of_trouble_needs_nothing_and_shows_the_way_out(name):
    page = render_to_string(f"{name}.html")
    assert 'href="/"' in page and "<h1>" in page


@pytest.mark.parametrize(("legal_day", "marked"), [("2020-11-05", True), ("", False)])
def test_the_page_of_an_error_is_marked_in_a_demo_and_needs_no_database(settings, rf, legal_day, marked):
    settings.BENAN_TODAY = legal_day
    page = get_resolver().resolve_error_handler(500)(rf.get("/"))
    assert page.status_code == 500 and ("dữ liệu giả lập" in page.content.decode()) is marked


def test_a_page_tells_that_its_people_are_invented():
    assert "dữ liệu giả lập" in sample_page(demo=True)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("hạn 20 ngày", "hạn 20\u00a0ngày"),
        ("Luật 66/2011, Điều 24", "Luật\u00a066/2011, Điều\u00a024"),
        ("Nghị định 09/2013, khoản 3 điểm b", "Nghị\u00a0định\u00a009/2013, khoản\u00a03 điểm\u00a0b"),
        ("nếu chưa có giấy tờ", "nếu chưa\u00a0có giấy tờ"),
        ("Chưa rõ thời hạn", "Chưa\u00a0rõ thời hạn"),
        ("chưa", "chưa"),
    ],
)
def test_a_number_and_its_noun_or_chua_and_its_verb_stay_on_one_line(said, kept):
    assert keep_together(said) == kept


def test_figures_of_one_width_stand_only_where_they_stand_under_one_another():
    """In a date or a code they would leave gaps beside every 1."""
    rules = [rule for path in SHEETS for rule in re.findall(r"([^{}]+){([^{}]*)}", text(path))]
    given = {re.sub(r"/\*.*?\*/", "", names, flags=re.S).strip() for names, look in rules if "tabular-nums" in look}
    assert given == {".number, td.right", ".figure-row .fraction", ".figure-row .percent", ".recovery-codes"}
