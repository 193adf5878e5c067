"""Text as it is stored, compared and sorted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benan.core import text as texts
from benan.core.text import clean, fold, name_key, sort_key, sound

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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("\u00d0ỗ Thị \u00d0ào", "Đỗ Thị Đào"),  # the Icelandic capital of old Vietnamese keyboards
        ("\u00f0ào", "đào"),
        ("\u0189ỗ", "Đỗ"),
        ("\uff2e\uff47\uff41 \uff10\uff19\uff11", "Nga 091"),
        ("Mỹ L\u0435", "Mỹ Le"),
        ("\u041boan", "\u041boan"),  # a Cyrillic letter that looks like none of ours is left
        ("H\u043e\u0430\u0300", "Hoà"),
        ("\u039dga", "Nga"),
    ],
)
def test_letters_that_look_alike_are_stored_as_one(typed, meant):
    assert clean(typed) == meant


@pytest.mark.parametrize("name", ["ស្រី មុំ", "王小明", "สมชาย ใจดี", "ສົມສັກ", "Нина Вера", "Βασίλης", "𠀋太郎", "김민수"])
def test_names_in_another_script_are_stored_as_they_are_typed(name):
    assert clean(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(("one", "other"), [("ស្រី", "សុ"), ("สมชาย", "สมชัย"), ("ສົມ", "ສຸມ")])
def test_marks_that_are_vowels_tell_names_apart(one, other):
    assert fold(one) != fold(other)


def test_a_word_wholly_of_lookalikes_among_latin_words_compares_as_latin():
    assert fold("Nguyễn Thị \u041d\u043e\u0430") == "nguyen thi hoa"
    assert fold("\u041d\u0418\u041d\u0410") == fold("\u041d\u0438\u043d\u0430") != "hnha"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hoà", "Hòa"), ("Thuý", "Thúy"), ("Khoẻ", "Khỏe"), ("Hoạ", "Họa"), ("HOÁ", "HÓA"), ("\u00d0ào", "Đào")],
)
def test_one_word_written_two_ways_sorts_as_one(one, other):
    assert sort_key(one) == sort_key(other) and fold(one) == fold(other)


def test_words_that_differ_sort_apart():
    assert len({sort_key(word) for word in ("Hoà", "Hoá", "Hoàn", "Hoàng", "Hoa")}) == 5


def test_numbers_and_signs_of_any_keyboard_are_read_as_plain_ones():
    assert texts.plain("\uff10\uff19\uff0f\uff11\uff11\uff0f\uff12\uff10\uff11\uff17") == "09/11/2017"
    assert texts.plain("១២ 20\u201325") == "12 20-25"
    assert texts.unmarked("Dưới 18 TUỔI, Đỗ") == "duoi 18 tuoi, do"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Than", "Thang"), ("Lân", "Lâng"), ("Lượn", "Lượng"), ("Mít", "Míc"), ("Đức", "Đứt"), ("Chim", "Trim"),
        ("Sương", "Xương"), ("Rơm", "Dơm"), ("Rơm", "Giơm"), ("Vân", "Dân"), ("Giang", "Vang"), ("Giêng", "Diên"),
        ("Linh", "Lin"), ("Bích", "Bít"), ("Kim", "Cim"), ("Chiêm", "Chim"), ("Hiếu", "Híu"), ("Tuổi", "Tủi"),
        ("Nghĩa", "Ngĩa"), ("Ghềnh", "Gền"), ("Lý", "Lí"), ("Ngã", "Ngả"), ("Hỏi", "Hõi"), ("Cô", "Cơ"), ("Giờ", "Dờ"),
    ],
)  # fmt: skip
def test_what_a_southerner_hears_alike_has_one_sound(said, heard):
    assert sound(fold(said)) == sound(fold(heard))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lan", "Lam"), ("Chim", "Kim"), ("Than", "Tan"), ("Khế", "Kê"), ("Phan", "Pan"), ("Lành", "Lan"), ("Bách", "Bát"),
     ("Hoa", "Ha"), ("Nga", "Ga"), ("Chi", "Thi"), ("Nở", "Lở"), ("Gi", "Ghi")],
)  # fmt: skip
def test_what_a_southerner_tells_apart_has_two_sounds(one, other):
    assert sound(fold(one)) != sound(fold(other))


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("12", 12), ("0012", 12), ("9999", 9999), ("10000", None), ("²", None), ("1²", None), ("٣", None), ("", None),
     ("-1", None), ("1 ", None), ("1" * 5000, None)],
)  # fmt: skip
def test_a_whole_number_is_of_digits_alone(typed, number):
    assert texts.whole_number(typed, 9999) == number
