"""The table of a run of `make bench`."""

from collections.abc import Iterator
from typing import Any

from bench.processor import PARTS

NAME, NUMBER = 36, 8
LONG = 13  # of a column of the trail, which has millions of rows
HOLDER = {"python": "chương trình (băm, mã kiểm tra, câu lệnh)", "database": "cơ sở dữ liệu", "disk": "đĩa (WAL)"}
Found = dict[str, dict[str, Any]]  # by size, what measure.py found


def lines(found: Found, before: Found | None) -> Iterator[str]:
    """The lines of the table; `before`, an earlier run, is compared with."""
    yield from _pages(found)
    yield from _first(found)
    yield from _counts(found)
    yield from _papers(found)
    yield from _trail(found)
    yield from _returns(found)
    if before:
        yield from _compared(found, before)
    for size, each in found.items():
        yield from (f"SAI ({_number(int(size))} hồ sơ): {sentence}" for sentence in each["wrong"])


def _pages(found: Found) -> Iterator[str]:
    """Milliseconds for one request, by size, and the growth from the first size to the last."""
    yield "\nMột lần hỏi, mili giây. web, CSDL, cộng: thời gian bộ xử lý (cộng có cả cửa trước); chờ, p95: thời gian người chờ."
    yield "+ghi: cộng và chờ khi có người khác ghi mỗi giây một lần, đã trừ phần của lần ghi. ×: cộng ở cỡ cuối so với cỡ đầu."
    heads = ("web", "CSDL", "cộng", "chờ", "p95", "+ghi", "chờ+ghi")
    wide = len(heads) * NUMBER
    yield " " * NAME + "".join(f"{_number(each['cases']) + ' hồ sơ':>{wide}}" for each in found.values())
    yield _line("", *(heads * len(found)), "×", "câu SQL", "KB")
    first, last = next(iter(found.values())), list(found.values())[-1]
    for name in _names(found):
        cells: list[str] = []
        for each in found.values():
            alone, beside = each["pages"].get(name, {}).get("alone"), each["pages"].get(name, {}).get("beside")
            cells += _ms(alone and [alone["web"], alone["database"], total(alone), alone["median"], alone["p95"]], 5)
            cells += _ms(beside and [total(beside), beside["median"]], 2)
        cells.append(_growth(_total(first, name, "alone"), _total(last, name, "alone")) if first is not last else "")
        queries = dict.fromkeys(str(each["pages"].get(name, {}).get("queries") or "") for each in found.values())
        size = last["pages"].get(name, {}).get("alone", {}).get("bytes", 0)
        yield _line(name, *cells, "→".join(queries), f"{size / 1024:.0f}" if size else "")


def _first(found: Found) -> Iterator[str]:
    yield "\nLần hỏi đầu tiên sau một lần ghi, mili giây"
    yield _line("", *(f"{_number(each['cases'])}" for each in found.values() for _column in range(2)), "×")
    yield _line("", *(("cộng", "chờ") * len(found)), "chờ")
    for name in _names(found):
        firsts = [each["pages"].get(name, {}).get("first") for each in found.values()]
        if all(firsts):
            cells = [cell for each in firsts for cell in _ms([total(each), each["median"]], 2)]
            growth = _growth(firsts[0]["median"], firsts[-1]["median"]) if len(firsts) > 1 else ""
            yield _line(name, *cells, growth)


def _counts(found: Found) -> Iterator[str]:
    yield "\nSố đếm của báo cáo, mili giây: thời gian bộ xử lý (web và CSDL) của mọi số đếm trong một quý, rồi thời gian chờ"
    yield _line("", *(_number(each["cases"]) for each in found.values()))
    rows = (
        ("Mọi số đếm, với mọi cách chia", "quarter", 0), ("  của từng huyện", "districts", 0),
        ("Ngày gần nhất, số đếm chậm nhất", "last_day", 1),
    )  # fmt: skip
    for name, key, places in rows:
        yield _line(name, *(_decimal(1000 * each["counts"][key], places) for each in found.values()))


def _papers(found: Found) -> Iterator[str]:
    yield "\nBáo cáo tổng hợp của 200 đơn vị, mili giây bộ xử lý"
    yield _line("", *(_number(each["cases"]) for each in found.values()))
    for name in ("docx", "xlsx"):
        yield _line(f"Tệp .{name}", *(_decimal(1000 * each["papers"][name], 0) for each in found.values()))


def _trail(found: Found) -> Iterator[str]:
    yield "\nNhật ký và việc dựng"
    yield _line("", *(_number(each["cases"]) for each in found.values()), width=LONG)
    rows = (
        ("Lần ghi một giây, 1 người ghi", "1"), ("Lần ghi một giây, 8 người ghi", "8"),
        ("  như thế, không chờ đĩa", "8_unsynced"), ("Băm một dòng, micrô giây", "hash_us"),
        ("Dòng của nhật ký", "rows"), ("Dòng kiểm tra một giây", "verified"),
        ("  một giây bộ xử lý", "verified_cpu"),
    )  # fmt: skip
    for name, key in rows:
        yield _line(name, *(_number(each["trail"][key]) for each in found.values()), width=LONG)
    yield _line("Dựng hồ sơ giả lập, giây", *(_number(each["fill"]) for each in found.values()), width=LONG)
    yield _line("  giây bộ xử lý", *(_number(each["fill_cpu"]) for each in found.values()), width=LONG)
    for each in found.values():
        seen = each["trail"]["8_seen"]
        shares = (f"{HOLDER[name]} {100 * share:.0f} %" for name, share in seen["holder"].items())
        yield (
            f"{_number(each['cases'])} hồ sơ, 8 người ghi: trung bình {_decimal(seen['waiting'], 1)} người chờ lượt của chuỗi; "
            f"người giữ lượt dùng thời gian cho {', '.join(shares)}."
        )


def _returns(found: Found) -> Iterator[str]:
    yield "\nBáo cáo kỳ, giây"
    yield _line("", *(_number(each["cases"]) for each in found.values()), width=LONG)
    for name, key in (("Mở kỳ cho mọi đơn vị", "open"), ("Tổng hợp báo cáo của mọi đơn vị", "consolidate")):
        yield _line(name, *(_decimal(each["returns"][key], 2) for each in found.values()), width=LONG)
    yield _line("  số đơn vị", *(_number(each["returns"]["units"]) for each in found.values()), width=LONG)


def _compared(found: Found, before: Found) -> Iterator[str]:
    yield "\nSo với lần trước, cộng của bộ xử lý, mili giây"
    sizes = [size for size in found if size in before]
    yield _line("", *(f"{_number(int(size))}" for size in sizes for _column in range(3)))
    yield _line("", *(("trước", "nay", "tỷ lệ") * len(sizes)))
    for name in _names(found):
        cells: list[str] = []
        for size in sizes:
            then, now = _total(before[size], name, "alone"), _total(found[size], name, "alone")
            cells += [*_ms([then, now] if then and now else None, 2), _growth(then, now)]
        yield _line(name, *cells)


def total(cost: dict[str, float]) -> float:
    """Seconds of the processor, of all parts."""
    return sum(cost[part] for part in PARTS)


def _total(found: dict[str, Any], name: str, kind: str) -> float | None:
    cost = found["pages"].get(name, {}).get(kind)
    return total(cost) if cost else None


def _names(found: Found) -> list[str]:
    return list(dict.fromkeys(name for each in found.values() for name in each["pages"]))


def _growth(first: float | None, last: float | None) -> str:
    return _decimal(last / first, 2) if first and last else ""


def _ms(seconds: list[float] | None, number: int) -> list[str]:
    return [f"{1000 * each:.0f}" for each in seconds] if seconds else [""] * number


def _number(number: float) -> str:
    """Ten thousand and more with points, as people write it here."""
    return f"{number:,.0f}".replace(",", ".")


def _decimal(number: float, places: int) -> str:
    return f"{number:.{places}f}".replace(".", ",")


def _line(name: str, *cells: str, width: int = NUMBER) -> str:
    return f"{name:<{NAME}}" + "".join(f"{cell:>{width}}" for cell in cells)
