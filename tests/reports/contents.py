"""What returns say, made by hand (dữ liệu giả lập), for tests of the papers made of them."""

import datetime as dt

from benan.agencies.models import Agency
from benan.plan import queries as plans
from benan.reports.content import (
    CellContent,
    Content,
    Difference,
    IndicatorContent,
    LineContent,
    SectionContent,
    UnitContent,
)
from benan.reports.models import Period, Return
from tests.cast import PLAN

FROZEN = dt.date(2017, 11, 10)


def cell(value, part="", words="", *, counted=None, reason="", previous=None, year_before=None):
    """One figure."""
    return CellContent(part, words, value if counted is None else counted, value, reason, previous, year_before)


def indicator(number, numerator, denominator, *, late=0, in_time=0, target=100):
    """One indicator as the program counted it."""
    reached = None if not denominator else 100 * numerator >= target * denominator
    parts = {"numerator": numerator, "denominator": denominator, "late": late, "in_time": in_time}
    return IndicatorContent(
        number, f"Lời văn của chỉ tiêu {number}.", target, numerator, denominator, late, in_time, reached,
        counted=True, name=f"Chỉ tiêu {number}", cells=tuple(cell(value, part, part) for part, value in parts.items()),
    )  # fmt: skip


SECTIONS = (
    SectionContent(
        "direction", "Công tác chỉ đạo triển khai", ("III.1.a", "III.1.b"),
        "UBND huyện đã ban hành kế hoạch thực hiện.\nĐã họp giao ban 02 lần.", (),
    ),
    SectionContent(
        "reception", "Công tác tiếp nhận, xác minh, bảo vệ nạn nhân", ("III.4.a",), "",
        (
            LineContent(
                "persons_received", "Người được tiếp nhận", "người", "reception",
                (
                    cell(28, previous=20, year_before=0),
                    cell(20, "sex:female", "Nữ"),
                    cell(8, "sex:male", "Nam"),
                    cell(0, "sex:", "Chưa rõ"),
                    cell(1, "age:under_16", "Dưới 16 tuổi"),
                ),
            ),
            LineContent(
                "protected", "Người được áp dụng biện pháp bảo vệ", "người", "reception",
                (cell(3, counted=2, reason="một người do Công an tỉnh bảo vệ, chưa ghi trong hồ sơ"),),
            ),
        ),
    ),
    SectionContent(
        "communication", "Công tác truyền thông", (), "",
        (
            LineContent("sessions", "Cuộc tuyên truyền", "cuộc", "communication", (cell(175),)),
            LineContent("attendances", "Lượt người dự tuyên truyền", "lượt", "communication", (cell(18960),)),
            LineContent("leaflets", "Tờ rơi đã phát", "tờ", "communication", (cell(0),)),
            LineContent("media_items", "Tin, bài đã đăng, phát", "tin", "communication", (cell(None),)),
        ),
    ),
    SectionContent("proposals", "Đề xuất, kiến nghị", (), "", ()),
)  # fmt: skip
INDICATORS = (indicator("II.2.a", 22, 28, late=3, in_time=6), indicator("II.2.b", 0, 0), indicator("II.2.đ", 9, 9))


def of_agency(key="district-737", **more):
    """The yearly return of 2017 of an agency, by default of the People's Committee of Trảng Bom."""
    agency = Agency.objects.get(key=key)
    period = Period(plan=plans.by_slug(PLAN), key="nam-2017", kind="nam", year=2017, name="năm 2017")
    ret = Return(period=period, agency=agency, measures={"received_and_supported": 3})
    first, last = dt.date(2016, 11, 1), dt.date(2017, 10, 31)
    parts = {
        "ret": ret, "plan": period.plan, "period": period, "period_name": "năm 2017", "first": first, "last": last,
        "as_of": last, "due_on": dt.date(2017, 11, 14), "agency_name": "UBND huyện Trảng Bom", "superior_name": "UBND tỉnh Đồng Nai",
        "title": "Kết quả thực hiện Kế hoạch 12089/KH-UBND năm 2017", "sections": SECTIONS, "indicators": INDICATORS,
        "units": (), "missing": (), "not_added": (), "differences": (),
        "recipients": ("Sở Lao động - Thương binh và Xã hội", "Lưu: VT"), "signer": "", "post": "head", "paper_no": "", "paper_on": None,
        "frozen_on": None, "names": {line.key: line.name for section in SECTIONS for line in section.lines},
    }  # fmt: skip
    return Content(**parts | more)


def consolidated(units=3, missing=("UBND huyện Tân Phú",), **more):
    """The department's report of 2017 made of some units, one of which reported everything and the others zeros."""
    lines = [line for section in SECTIONS for line in section.lines]
    full = {(line.key, each.part): each.value for line in lines for each in line.cells}
    full |= {(each.number, one.part): one.value for each in INDICATORS for one in each.cells}
    zeros = {(line.key, ""): 0 for line in lines} | {
        (each.number, one.part): 0 for each in INDICATORS for one in each.cells
    }
    given = tuple(
        UnitContent(f"UBND huyện số {n}", "đã nhận", dt.date(2017, 11, 9), full if n == 1 else zeros)
        for n in range(1, units + 1)
    )
    silent = tuple(UnitContent(name, "chưa báo cáo", None, {}) for name in missing)
    parts = {
        "units": (*given, *silent), "missing": tuple(missing), "frozen_on": FROZEN,
        "differences": (Difference("persons_received", "UBND huyện số 1", 28, 29, "một người được tiếp nhận sau khi nộp"),),
        "recipients": ("UBND tỉnh", "Bộ Lao động - Thương binh và Xã hội", "Lưu: VT"),
    }  # fmt: skip
    made = of_agency("labour_department", **parts | more)
    made.ret.consolidates = True
    return made
