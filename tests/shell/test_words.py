"""What packages say reaches officers in Vietnamese, and nothing is translated that no package says."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils import translation

from ops import messages

PLACES = ("allauth/account", "allauth/mfa", "allauth/templates", "django/forms", "django/core", "django/db/models",
          "django/contrib/auth", "django/contrib/postgres")  # fmt: skip
PACKAGES = Path(find_spec("django").origin).parent.parent
CATALOGUE = messages.LOCALE / "vi" / "LC_MESSAGES" / "django.po"


def entries():
    return messages.read(CATALOGUE.read_text(encoding="utf-8"))


def said():
    """Every sentence in the sources and templates of the packages."""
    sentences = set()
    for place in PLACES:
        for path in (PACKAGES / place).rglob("*.py"):
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            constants = (node.value for node in nodes if isinstance(node, ast.Constant))
            sentences |= {constant for constant in constants if isinstance(constant, str)}
        for path in (*(PACKAGES / place).rglob("*.txt"), *(PACKAGES / place).rglob("*.html")):
            for sentence in re.findall(r"%}([^{]*(?:{{\s*\w+\s*}}[^{]*)*){% ?end", path.read_text(encoding="utf-8")):
                sentences.add(re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", sentence).strip())
    return sentences


def test_every_translated_sentence_is_one_a_package_says():
    everything = said()
    assert [words for _, words, _ in entries() if words and words not in everything] == []


def translated():
    """(words, plural, form) of every form of every translation."""
    return [(words, plural, form) for (_, words, plural), forms in entries().items() if words for form in forms]


def test_a_translation_keeps_what_is_filled_in():
    filled = re.compile(r"%(?:\(\w+\))?[sd]").findall
    assert [
        form for words, plural, form in translated() if not {*filled(form)} <= {*filled(words), *filled(plural or "")}
    ] == []


def test_a_translation_neither_begs_nor_shouts():
    assert [form for _words, _plural, form in translated() if "ui lòng" in form or "!" in form] == []


def test_a_short_password_is_answered_in_vietnamese():
    with translation.override("vi"), pytest.raises(ValidationError) as caught:
        MinimumLengthValidator(12).validate("ngắn")
    assert caught.value.messages[0].startswith("Mật khẩu còn ngắn, cần ít nhất 12 ký tự.")
