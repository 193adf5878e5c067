"""Translations compiled without GNU gettext read as they were written."""

import gettext
import io

import pytest

from ops.messages import compiled, read

CATALOGUE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=n != 1;\n"

#: somewhere.py:1
msgid "Yes"
msgstr "Có"

msgctxt "month"
msgid "May"
msgstr "Tháng năm"

msgid "A line\n"
"and \"another\""
msgstr "Một dòng\n"
"và \"một dòng nữa\""

msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d hồ sơ"
msgstr[1] "%d bộ hồ sơ"

#, fuzzy
msgid "Guess"
msgstr "Đoán"

msgid "Untranslated"
msgstr ""
"""


@pytest.fixture
def translations():
    return gettext.GNUTranslations(io.BytesIO(compiled(read(CATALOGUE))))


@pytest.mark.parametrize(
    ("sentence", "translation"),
    [
        ("Yes", "Có"),
        ('A line\nand "another"', 'Một dòng\nvà "một dòng nữa"'),
        ("Guess", "Guess"),
        ("Untranslated", "Untranslated"),
    ],
)
def test_a_sentence_reads_as_translated_or_as_it_was(translations, sentence, translation):
    assert translations.gettext(sentence) == translation


def test_a_word_is_told_apart_by_its_context(translations):
    assert translations.pgettext("month", "May") == "Tháng năm"


def test_one_and_several_have_their_own_words(translations):
    assert [translations.ngettext("%d file", "%d files", n) for n in (1, 2)] == ["%d hồ sơ", "%d bộ hồ sơ"]


def test_a_line_that_is_no_catalogue_is_named():
    with pytest.raises(ValueError, match="msgfoo"):
        read('msgfoo "x"')
