"""Days, numbers and words as people here write and read them."""

import datetime as dt
import re

import pytest
from django import forms
from django.template import engines
from django.utils import formats, timezone

from benan.ui.forms import DayField
from tests.house import PROGRAM, ROOT, TEMPLATES, ours

APRIL, MOMENT = dt.date(2025, 4, 3), dt.datetime(2017, 11, 9, 1, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize("field", [forms.DateField(localize=True), forms.DateField()], ids=["localised", "plain"])
def test_03_04_2025_typed_into_a_field_of_django_is_the_third_of_april(field):
    assert field.clean("03/04/2025") == APRIL


def test_03_04_2025_typed_into_a_field_of_ours_is_the_third_of_april():
    assert DayField().clean("03/04/2025") == APRIL


def test_24_11_2025_is_a_day():
    assert forms.DateField().clean("24/11/2025") == dt.date(2025, 11, 24)


@pytest.mark.parametrize(
    ("template", "value", "written"),
    [
        ("{{ x }}", APRIL, "03/04/2025"),
        ("{{ x|date }}", APRIL, "03/04/2025"),
        ("{{ x|date:'SHORT_DATE_FORMAT' }}", APRIL, "03/04/2025"),
        ("{{ x|day }}", APRIL, "03/04/2025"),
        ("{{ x|weekday_and_day }}", dt.date(2017, 11, 9), "Thứ Năm, 09/11/2017"),
        ("{{ x|moment }}", MOMENT, "08:05 09/11/2017"),
        ("{{ x }}", 1234567, "1.234.567"),
        ("{{ x }}", 1234567.5, "1.234.567,5"),
        ("{{ x|plain_number }}", 2017, "2017"),
        ("{{ x|date:'YEAR_MONTH_FORMAT' }}", dt.date(2017, 11, 9), "tháng 11 2017"),
    ],
)
def test_days_moments_and_numbers_are_written_as_here(template, value, written):
    assert engines["django"].from_string(template).render({"x": value}) == written


def test_a_moment_typed_is_the_time_of_viet_nam():
    moment = forms.DateTimeField().clean("09/11/2017 08:05")
    assert timezone.localtime(moment).utcoffset() == dt.timedelta(hours=7) and moment.hour == 8


def test_a_number_typed_with_points_between_thousands_is_understood():
    assert formats.sanitize_separators("1.234.567,5") == "1234567.5"


def test_every_model_has_a_name_in_vietnamese():
    assert [model._meta.label for model in ours() if str(model._meta.verbose_name).isascii()] == []


SHOWN = re.compile(r"[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)


def test_what_templates_say_is_wrapped_for_translation():
    """Words between tags stand in {% translate %} or {% blocktranslate %}; numbers and signs may stand alone."""
    loose = {}
    for path in TEMPLATES:
        text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", path.read_text(), flags=re.DOTALL)
        text = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", text, flags=re.DOTALL)
        text = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", " ", text, flags=re.DOTALL)
        if found := [word for word in text.split() if SHOWN.search(word)]:
            loose[path.name] = found[:5]
    assert {name: words for name, words in loose.items() if name not in NAMES_ITSELF} == {}


# The name of the program stands unwrapped: it is no word to be translated.
NAMES_ITSELF = {"top.html", "rail.html", "base.html", "base_quiet.html", "foot.html", "entrance.html"}


def test_nobody_is_begged_shouted_at_or_called_wrong():
    said = {}
    for path in [*TEMPLATES, *PROGRAM]:
        text = path.read_text()
        words = [one or other for one, other in re.findall(r'_\(\s*"((?:[^"\\]|\\.)*)"|{% translate "([^"]*)"', text)]
        words += re.findall(r"{% blocktranslate.*?%}(.*?){% endblocktranslate %}", text, re.DOTALL)
        found = [
            each for each in words if re.search(r"[Vv]ui\s+lòng|!|không\s+hợp\s+lệ|[Bb]ạn\s+đã\s+nhập\s+sai", each)
        ]
        if found:
            said[path.relative_to(ROOT).as_posix()] = found
    assert said == {}


def test_every_name_in_the_glossary_is_a_name_in_the_code():
    code = "\n".join(path.read_text() for path in PROGRAM)
    code += "\n".join(path.read_text() for path in (ROOT / "benan").rglob("*.yaml"))
    rows = [
        line.split("|")[2] for line in (ROOT / "docs/glossary.md").read_text().splitlines() if line.startswith("| ")
    ]
    names = {word for row in rows[1:] for word in re.findall(r"`([\w.]+)`", row)}
    assert len(names) > 40
    assert {name for name in names if not re.search(rf"\b{name.split('.')[-1]}\b", code)} == set()


def test_no_term_stands_twice_in_the_glossary():
    terms = [
        line.split("|")[1].strip()
        for line in (ROOT / "docs/glossary.md").read_text().splitlines()
        if line.startswith("| ")
    ]
    assert len(terms) == len(set(terms))
