"""Drawings: what they show is what they were given, and nothing runs into anything."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benan.ui import drawing

NUMBER = re.compile(r"-?\d+(\.\d)?")
WORDS = st.sampled_from(
    [
        "Tiếp nhận",
        "Báo huyện",
        "Đề nghị xác minh",
        "Công an cấp tỉnh xác minh",
        "Trả lời bằng văn bản",
        "Thẩm định hồ sơ đề nghị hỗ trợ",
        "Bàn giao về cơ sở bảo trợ xã hội",
        "Hòa nhập",
    ]
)
UNDER = st.sampled_from(["", "17/10", "ngày 20/20 · hôm nay", "Công an tỉnh giữ", "quá 12 ngày làm việc"])


@st.composite
def stream_of(draw):
    labels = draw(st.lists(WORDS, min_size=1, max_size=8))
    here = draw(st.integers(-1, len(labels)))
    states = ["done" if i < here else "here" if i == here else "ahead" for i in range(len(labels))]
    stations = [
        {"key": str(i), "label": label, "state": state, "under": draw(UNDER)}
        for i, (label, state) in enumerate(zip(labels, states, strict=True))
    ]
    return {"key": "s", "label": draw(WORDS), "stations": stations}


def boxes(stream):
    """Left, right, baseline of every line of text in a stream."""
    for station in stream.stations:
        for x, y, anchor, text, kind in station.texts:
            wide = drawing.breadth(text, drawing.BOLD if kind == "here" else drawing.TEXT)
            left = float(x) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
            yield left, left + wide, float(y)


@given(st.lists(stream_of(), min_size=1, max_size=6))
def test_no_two_texts_of_a_procedure_touch(streams):
    for stream in drawing.procedure(streams).streams:
        lines = {}
        for left, right, y in boxes(stream):
            lines.setdefault(y, []).append((left, right))
        assert all(a[1] < b[0] for row in lines.values() for a, b in pairwise(sorted(row)))


@given(st.lists(stream_of(), min_size=1, max_size=6))
def test_streams_keep_clear_of_one_another_and_of_the_edge(streams):
    picture = drawing.procedure(streams)
    edges = []
    for stream in picture.streams:
        rows = [float(stream.y) + y for _, _, y in boxes(stream)]
        edges.append((min([*rows, float(stream.y)]) - 11, max([*rows, float(stream.y)]) + 3))
    assert all(upper[1] <= lower[0] for upper, lower in pairwise(edges))
    assert edges[0][0] >= 0 and edges[-1][1] <= float(picture.height)


@given(st.lists(stream_of(), min_size=1, max_size=6))
def test_a_procedure_says_every_word_it_was_given_in_the_order_given(streams):
    picture = drawing.procedure(streams)
    for given_stream, drawn in zip(streams, picture.streams, strict=True):
        said = [" ".join(text for *_, text, _ in station.texts) for station in drawn.stations]
        wanted = [f"{one['label']} {one['under']}".strip() for one in given_stream["stations"]]
        assert [text.replace("\xa0", " ") for text in said] == wanted


def test_a_stream_is_told_in_words_too():
    stations = [
        {"key": "a", "label": "Tiếp nhận", "state": "done", "under": "17/10"},
        {"key": "b", "label": "Xác minh", "state": "here", "under": ""},
        {"key": "c", "label": "Trả lời", "state": "ahead", "under": ""},
    ]
    stream = drawing.procedure([{"key": "v", "label": "Xác minh", "stations": stations}]).streams[0]
    assert (stream.done, stream.here["label"], stream.todo) == (["Tiếp nhận"], "Xác minh", ["Trả lời"])
    assert (stream.place, stream.count) == (2, 3)


def test_water_runs_to_the_harbour_only_when_the_last_station_is_done():
    def water(state):
        station = {"key": "a", "label": "Hòa nhập", "state": state, "under": ""}
        return drawing.procedure([{"key": "h", "label": "Hỗ trợ", "stations": [station]}]).streams[0]

    assert "C" in water("done").behind and not water("done").ahead
    assert "C" not in water("here").behind and "C" in water("here").ahead
    assert not water("ahead").behind


def test_the_same_facts_stand_in_the_same_place_of_two_drawings():
    stations = [{"key": "a", "label": "Tiếp nhận", "state": "here", "under": "17/10"}]
    streams = [{"key": "v", "label": "Xác minh", "stations": stations}]
    assert drawing.procedure(streams) == drawing.procedure(streams)


@given(gone=st.integers(0, 400), total=st.integers(1, 200))
def test_the_post_of_a_gauge_stays_inside_and_the_water_reaches_it_on_the_last_day(gone, total):
    gauge = drawing.gauge(gone, total)
    post, width = float(gauge.post), float(gauge.width)
    right = max((float(x) + float(wide) for x, wide, filled in gauge.cells if filled), default=0)
    assert 0 < post <= width - 2
    assert right <= post
    assert (gone > total) == (gauge.over is not None)


@pytest.mark.parametrize(("gone", "total", "filled"), [(0, 5, 0), (3, 5, 3), (5, 5, 5), (7, 5, 5)])
def test_up_to_twenty_days_each_day_gone_is_one_cell(gone, total, filled):
    cells = drawing.gauge(gone, total).cells
    assert len(cells) == total and sum(full for *_, full in cells) == filled


def test_what_ran_over_is_hatched_and_takes_two_fifths_at_most():
    gauge = drawing.gauge(400, 3)
    assert gauge.hatching and float(gauge.over[1]) <= 0.4 * float(gauge.width)


def test_every_person_is_one_dot_and_those_without_keep_what_is_known_of_them():
    dots = drawing.dots(12, ["Tràm", "Phượng", "Gạo"])
    assert len(dots.served) == 12
    assert [who for *_, who in dots.missing] == ["Tràm", "Phượng", "Gạo"]
    assert len({(x, y) for x, y, *_ in [*dots.served, *dots.missing]}) == 15


def test_nobody_is_no_dot():
    dots = drawing.dots(0, [])
    assert not dots.served and not dots.missing


@given(st.floats(-2000, 2000))
def test_coordinates_have_a_point_and_one_decimal_at_most(value):
    assert NUMBER.fullmatch(drawing.number(value))
