"""Amounts of money as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benan.core import amounts
from benan.core.refusals import Refused


@pytest.mark.parametrize(
    "typed",
    [
        "1000000", "1.000.000", "1,000,000", "1 000 000", "1\u00a0000\u00a0000", " 1.000.000\n", "1.000.000 đ", "1.000.000đ",
        "1.000.000 đồng", "1.000.000 ĐỒNG", "1.000.000 ₫", "1.000.000 VND", "VNĐ 1.000.000", "1 triệu", "1 Triệu đồng", "1tr",
        "1,0 triệu", "1000 nghìn", "1.000.000 đo\u0302\u0300ng",
        "１００００００", "１．０００．０００", "1000k",
    ],
)  # fmt: skip
def test_a_million_is_understood_however_it_is_written(typed):
    assert amounts.parse(typed) == 1_000_000


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.000", 1_000), ("1,500", 1_500), ("500 nghìn", 500_000), ("500 ngàn đồng", 500_000), ("500k", 500_000),
        ("1,5 triệu", 1_500_000), ("1.5 triệu", 1_500_000), ("2,25 triệu", 2_250_000), ("0,5 triệu", 500_000),
        ("2 triệu 500 nghìn", 2_500_000), ("1 tỷ 200 triệu", 1_200_000_000), ("50000", 50_000), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_an_amount_is_whole_dong(typed, meant):
    assert amounts.parse(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "1.5", "1,5", "1.50", "1000000.00", "1.000.000,00", "1.000,5", "1.0000", "10.00", "1.000,000", "1 000.000", "0.500", "007",
        "-5", "−1.000.000", "1e6", "một triệu", "1.500 triệu", "1 triệu 5", "500 nghìn 2 triệu", "1 nghìn 500 nghìn", "٥٠٠٠",
        "1.000.000 hoặc 2.000.000", "1.000.000/tháng", "đồng", "1" * 5000,
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_or_in_none_is_refused_with_what_was_typed(typed):
    with pytest.raises(Refused) as caught:
        amounts.parse(typed)
    said = str(caught.value)
    assert f"“{typed[:40]}" in said and "ví dụ 1.000.000" in said and len(said) < 200


@pytest.mark.parametrize("typed", ["0", "9" * 13, "2000 tỷ"])
def test_no_money_and_more_than_anybody_gives_are_refused(typed):
    with pytest.raises(Refused, match=f"“{typed}” phải lớn hơn 0 và không quá 999.999.999.999 đồng"):
        amounts.parse(typed)


@given(st.integers(min_value=1, max_value=amounts.LARGEST), st.sampled_from(".,  "))
def test_every_amount_in_groups_of_three_is_read_back(amount, mark):
    assert amounts.parse(f"{amount:,}".replace(",", mark)) == amount
