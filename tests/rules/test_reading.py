"""Reading what people typed."""

import datetime as dt
import unicodedata

import pytest

from benan.rules.reading import parse
from benan.rules.refusals import Unreadable


def entry(text, key="on"):
    return parse(text.encode(), "tep.yaml").mapping()[key]


@pytest.mark.parametrize("written", ["06/11/2017", "6/11/2017", "2017-11-06", "'06/11/2017'"])
def test_a_day_is_day_first_or_iso(written):
    assert entry(f"on: {written}").day() == dt.date(2017, 11, 6)


@pytest.mark.parametrize("written", ["31/02/2017", "29/02/2017", "06/13/2017"])
def test_a_day_that_the_calendar_does_not_have_is_told(written):
    with pytest.raises(Unreadable, match="không có ngày"):
        entry(f"on: {written}").day()


@pytest.mark.parametrize("written", ["06-11-2017", "hôm qua", "06/11/17"])
def test_a_day_written_otherwise_is_told_how_to_write(written):
    with pytest.raises(Unreadable, match="viết như 06/11/2017"):
        entry(f"on: {written}").day()


def test_accents_may_be_composed_or_not():
    assert entry(unicodedata.normalize("NFD", "on: Trảng Bom")).text() == "Trảng Bom"


def test_a_byte_order_mark_is_no_fault():
    assert parse("on: x".encode("utf-8-sig"), "tep.yaml").mapping()["on"].text() == "x"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("on: 1\nten: Trảng".encode("utf-16"), "dòng 1: .*bảng mã UTF-8"),
        (b"on: 1\nten: Tr\xe1ng", "dòng 2: .*bảng mã UTF-8"),
        (b"on: 1\nto: [1", "dòng 2: .*sai cú pháp YAML"),
        (b"on: \x00", "dòng 1: .*ký tự điều khiển"),
        (b"on: 1\non: 2", "dòng 2: .*được ghi hai lần"),
        (b"on: &a [*a]", "không được dùng ký hiệu"),
        (b"", "tệp trống"),
        (b"# chi co ghi chu", "tệp trống"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(content, fault):
    with pytest.raises(Unreadable, match=f"tep.yaml, {fault}" if fault.startswith("dòng") else fault):
        parse(content, "tep.yaml")


def test_an_unknown_or_lacking_key_is_named():
    with pytest.raises(Unreadable, match="dòng 2: không có mục nào tên là «n»"):
        parse(b"a: 1\nn: 2", "tep.yaml").fields("a")
    with pytest.raises(Unreadable, match="dòng 1: thiếu mục «b»"):
        parse(b"a: 1", "tep.yaml").fields("a", "b")


@pytest.mark.parametrize(("written", "number"), [("20", 20), ("null", None), ("~", None)])
def test_a_number_or_null_is_read(written, number):
    assert entry(f"on: {written}").number() == number


def test_a_word_is_no_number():
    with pytest.raises(Unreadable, match="số nguyên"):
        entry("on: hai").number()
