"""The table of a run says what was measured, and what changed since another."""

from bench import table


def found(cases, milliseconds):
    cost = {"web": milliseconds / 1000, "database": 0.01, "front": 0.002, "median": 0.2, "p95": 0.3}
    row = {"queries": 20, "alone": cost | {"bytes": 2048}, "beside": cost, "first": cost}
    seen = {"waiting": 6.5, "holder": {"python": 0.75, "disk": 0.25}}
    numbers = dict.fromkeys(("1", "8", "8_unsynced", "hash_us", "rows", "verified", "verified_cpu"), 100)
    pages = {"Bàn việc": row, "Ghi": {"alone": cost}}
    return {
        "cases": cases,
        "pages": pages,
        "wrong": [],
        "counts": {"quarter": 0.12, "districts": 0.25, "last_day": 0.0014},
        "papers": {"docx": 0.107, "xlsx": 0.079},
        "trail": numbers | {"8_seen": seen},
        "returns": {"units": 200, "open": 0.8, "consolidate": 0.6},
        "fill": 60,
        "fill_cpu": 90,
    }


def cells(lines, name):
    return [line.split()[len(name.split()) :] for line in lines if line.startswith(name)]


def test_each_size_and_the_growth_between_them_are_told():
    lines = list(table.lines({"20000": found(20_000, 88), "100000": found(100_000, 188)}, None))
    first, after_a_write = cells(lines, "Bàn việc")
    small, large = ["88", "10", "100", "200", "300", "100", "200"], ["188", "10", "200", "200", "300", "200", "200"]
    assert first == [*small, *large, "2,00", "20", "2"]
    assert after_a_write == ["100", "200", "200", "200", "1,00"]
    assert any("6,5 người chờ lượt" in line and "75 %" in line for line in lines)


def test_what_the_papers_of_a_report_cost_is_told():
    lines = list(table.lines({"20000": found(20_000, 88), "100000": found(100_000, 188)}, None))
    assert cells(lines, "Tệp .docx") == [["107", "107"]]
    assert cells(lines, "Tệp .xlsx") == [["79", "79"]]


def test_what_counts_cost_is_told():
    lines = list(table.lines({"20000": found(20_000, 88), "100000": found(100_000, 188)}, None))
    assert cells(lines, "Mọi số đếm, với mọi cách chia") == [["120", "120"]]
    assert cells(lines, "  của từng huyện") == [["250", "250"]]
    assert cells(lines, "Ngày gần nhất, số đếm chậm nhất") == [["1,4", "1,4"]]


def test_an_earlier_run_is_compared_by_the_sizes_that_both_have():
    now, before = {"20000": found(20_000, 38)}, {"20000": found(20_000, 88), "5000": found(5_000, 1)}
    assert cells(table.lines(now, before), "Bàn việc")[-1] == ["100", "50", "0,50"]


def test_a_wrong_page_is_named():
    wrong = found(20_000, 88) | {"wrong": ["Bàn việc: / trả 500"]}
    assert list(table.lines({"20000": wrong}, None))[-1] == "SAI (20.000 hồ sơ): Bàn việc: / trả 500"
