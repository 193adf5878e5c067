"""Text as it is stored, compared and sorted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benan.core.text import clean, fold, name_key, sort_key

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
vietnamese = st.text(st.sampled_from(LETTERS + LETTERS.upper() + "  '-."), max_size=40)


@given(vietnamese)
def test_text_compares_alike_however_its_marks_are_stored(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(vietnamese)
def test_text_for_comparison_is_plain_small_letters(text):
    assert fold(text) == fold(text).lower()
    assert fold(text).isascii()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Nguyễn Thị Hoà", "nguyen thi hoa"), ("Đỗ Văn Ý", "DO VAN Y"), ("Hòa", "Hoà"), ("  Trảng   Bom\n", "trang bom")],
)
def test_names_compare_without_marks_capitals_or_spaces(one, other):
    assert fold(one) == fold(other)


def test_different_names_stay_different():
    assert len({fold(name) for name in ("Lan", "Lam", "Loan", "Lân Anh")}) == 4


@given(st.text())
def test_stored_text_is_composed_and_free_of_what_cannot_be_seen(text):
    stored = clean(text)
    assert stored == clean(stored) == unicodedata.normalize("NFC", stored)
    assert all(letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs") for letter in stored)


def test_lines_of_a_story_stay_lines():
    assert clean("một\r\nhai\rba\tbốn") == "một\nhai\nba bốn"


def test_lists_are_sorted_as_a_vietnamese_dictionary_does():
    words = ["vui", "đa", "da", "dạ", "ăn", "an", "ân", "ô", "ơ", "o", "ư", "u", "ba"]
    assert sorted(words, key=sort_key) == ["an", "ăn", "ân", "ba", "da", "dạ", "đa", "o", "ô", "ơ", "u", "ư", "vui"]


def test_people_are_sorted_by_given_name_then_family_name():
    people = ["Trần Thị Bình", "Lê Văn An", "Nguyễn Thị Ánh", "Phạm Văn An"]
    assert sorted(people, key=name_key) == ["Lê Văn An", "Phạm Văn An", "Nguyễn Thị Ánh", "Trần Thị Bình"]
