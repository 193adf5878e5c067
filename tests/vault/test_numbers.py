"""Numbers as people write them in one box, and whose they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benan.vault import numbers
from benan.vault.numbers import papers, telephones


@pytest.mark.parametrize(
    ("box", "known"),
    [
        ("0912345678", "+84912345678"),
        ("(061) 3822 123", "+842513822123"),
        ("0650 3822123", "+842743822123"),
        ("04 38221234", "+842438221234"),
        ("01234567890", "+84834567890"),
        ("00841688123456", "+84388123456"),
        ("855 12 345 678", "+85512345678"),
        ("0086 138 0013 8000", "+8613800138000"),
        ("sđt0912345678", "+84912345678"),
        ("12/03/1995 0912345678", "+84912345678"),
    ],
)
def test_a_number_is_known_in_one_form(box, known):
    assert telephones(box) == {known: True}


@pytest.mark.parametrize("box", ["", "không có", "113", "1900 1234", "cấp ngày 12/03/1995", "chưa rõ"])
def test_what_is_nobodys_number_is_none(box):
    assert telephones(box) == {} == papers("số 113")


@pytest.mark.parametrize("box", ["3822123", "091234567", "012 345 678", "0999999999"])
def test_digits_that_are_no_full_number_are_not_sure(box):
    assert set(telephones(box).values()) == {False}


@pytest.mark.parametrize(
    ("box", "own"),
    [
        ("0912345678, 0987654321", [True, True]),
        ("0912345678 (mẹ), 0987654321", [False, True]),
        ("0912345678; chồng: 0987654321", [True, False]),
        ("SĐT bố 0912345678, của em 0987654321", [False, True]),
        ("mẹ: 0912345678, 0987654321", [False, False]),
        ("0912345678 mẹ 0987654321", [False, False]),
        ("0912345678 của em gái", [False]),
        ("0912345678 cua chong", [False]),
        ("SO CUA ME 0912345678", [False]),
        ("chị Ba hàng xóm 0912345678", [False]),
        ("0912345678 của em", [True]),
        ("Chính chủ 0912345678", [True]),
        ("0912345678 (gọi sau 18h, không gọi ban ngày)", [True]),
        ("Zalo 0912345678", [True]),
    ],
)
def test_the_words_beside_a_number_say_whose_it_is(box, own):
    assert list(telephones(box).values()) == own


@pytest.mark.parametrize(
    ("box", "known"),
    [
        ("CMND270123456", {"270123456": True}),
        ("270123456 075195001234", {"270123456": True, "075195001234": True}),
        ("270 123 456 075 195 001 234", {"270123456": True, "075195001234": True}),
        ("CMND:270.123.456-CCCD:075195001234", {"270123456": True, "075195001234": True}),
        ("HC C12345678", {"C12345678": True}),
        ("PA 1234567", {"PA1234567": True}),
        ("CMND số 270123456 do Công an tỉnh Nghệ An cấp ngày 01/02/2010", {"270123456": True}),
        ("270123456, của mẹ: 270999999", {"270123456": True, "270999999": False}),
        ("000000000", {}),
    ],
)
def test_every_number_of_papers_in_a_box_is_known(box, known):
    assert papers(box) == known


def test_every_area_and_mobile_prefix_became_one_that_is_in_use():
    for old, new in numbers._MOBILES.items():
        assert telephones(f"0{old}2345678") == {f"+84{new}2345678": True}
        assert telephones(f"0{new}2345678")[f"+84{new}2345678"]
    assert len(numbers._AREAS) == 59 == len(set(numbers._AREAS.values()))
    for old, new in numbers._AREAS.items():
        line = "38221234" if len(old) == 1 else "3822123"
        assert f"+84{new}{line}" in telephones(f"0{old}{line}")
        assert telephones(f"0{new}{line}") == {f"+84{new}{line}": True}


@given(st.text(max_size=60))
def test_any_words_in_a_box_are_gone_through(box):
    assert all(isinstance(sure, bool) for sure in [*telephones(box).values(), *papers(box).values()])
