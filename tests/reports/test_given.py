"""What a return says when it is given: as counted last, seen by who decides, without contradiction, read by who may."""

from functools import partial

import pytest

from benan.cases.actions import receptions
from benan.core.refusals import Refused
from benan.reports import stepping
from benan.reports.actions import returns, signed
from benan.reports.content import content
from tests.cast import PLAN, day, words
from tests.reports.playing import cell, of, values


def came(cast, commune="26209", on="20/10/2017"):
    """Somebody came to a commune of district 736."""
    return receptions.receive(
        by=cast.officer("quang"), channel="self", came_on=day(on), area_code=commune, another=True
    )


def test_what_was_counted_on_another_day_is_seen_before_it_is_put_before_the_head(reporting, ret, cast):
    came(cast)
    quang = reporting.drafter("district-736")
    with pytest.raises(Refused, match="hồ sơ đã thay đổi nên .* số khác đi: .*Người được tiếp nhận.*Lấy lại số liệu"):
        returns.put_before_head(by=quang, ret=ret)
    ret = returns.refresh(by=quang, ret=ret)
    assert values(returns.put_before_head(by=quang, ret=ret))["persons_received", ""] == 1


def test_the_paper_says_on_which_day_its_figures_were_counted(reporting, period, ret, cast, on_day):
    ret = reporting.put(ret)
    on_day("13/11/2017")
    came(cast)
    ret = returns.submit(by=reporting.head("district-736"), ret=ret)
    assert (ret.counted_on, ret.submitted_on) == (day("09/11/2017"), day("13/11/2017"))
    whole = content(reporting.consolidated(period, with_missing=True))
    (row,) = [row for row in whole.differences if (row.line, row.part, row.returned) == ("persons_received", "", 0)]
    assert row.why == "Hồ sơ thay đổi sau khi đơn vị đếm số liệu ngày 09/11/2017."


def test_a_report_on_days_that_are_not_over_is_not_given(reporting, ret, on_day):
    on_day("31/10/2017")
    with pytest.raises(Refused, match="Kỳ số liệu chưa hết: trình được từ ngày 01/11/2017"):
        returns.put_before_head(by=reporting.drafter("district-736"), ret=ret)


def test_the_paper_is_not_older_than_its_figures(reporting, ret):
    ret = reporting.submitted(ret)
    with pytest.raises(Refused, match="không thể ký trước ngày 01/11/2017"):
        signed.record_paper(
            by=reporting.drafter("district-736"), ret=ret, paper_no="9/BC-UBND", paper_on=day("31/10/2017")
        )


@pytest.mark.parametrize("change", ["another came", "one was sent back", "one was replaced"])
def test_a_consolidated_report_is_given_of_the_returns_that_stand(reporting, period, ret, change):
    ret = reporting.submitted(ret)
    whole = reporting.put(reporting.consolidated(period, with_missing=True))
    if change == "another came":
        reporting.submitted(of(period, "district-737"))
    elif change == "one was sent back":
        returns.send_back(by=reporting.cast.officer("thu"), ret=ret, words="Xem lại.")
    else:
        reporting.submitted(returns.replace(by=reporting.drafter("district-736"), ret=ret, words="Nhầm."))
    head = reporting.head("labour_department")
    with pytest.raises(Refused, match="Từ khi tổng hợp, có đơn vị đã nộp, nộp lại hoặc bị trả lại"):
        returns.submit(by=head, ret=whole)
    whole = returns.give_back(by=head, ret=whole, words="Tổng hợp lại.")
    with pytest.raises(Refused, match="Từ khi tổng hợp"):
        reporting.put(whole)


def test_what_a_later_return_replaced_is_compared_with_no_more(reporting, ret, on_day):
    reporting.filled(ret, {("sessions", ""): 100})
    first = reporting.submitted(ret)
    later = returns.replace(by=reporting.drafter("district-736"), ret=first, words="Nhầm số cuộc tuyên truyền.")
    reporting.filled(later, {("sessions", ""): 10})
    reporting.submitted(later)
    on_day("05/11/2018")
    assert cell(of(reporting.opened("nam-2018"), "district-736"), "sessions").previous == 10


def test_an_old_tab_decides_nothing_about_what_was_changed_since(reporting, ret):
    head, thu = reporting.head("district-736"), reporting.cast.officer("thu")
    ret = reporting.put(ret)
    seen = stepping.last_step(ret)
    returns.give_back(by=head, ret=ret, words="Xem lại.", seen=seen)
    ret = reporting.put(ret)
    for verb in (returns.submit, partial(returns.give_back, words="Xem lại.")):
        with pytest.raises(Refused, match="có bước mới từ khi mở trang"):
            verb(by=head, ret=ret, seen=seen)
    ret = returns.submit(by=head, ret=ret, seen=stepping.last_step(ret))
    own = reporting.drafter("district-736")
    decisions = (
        partial(returns.accept, by=thu), partial(returns.send_back, by=thu, words="Xem lại."),
        partial(returns.replace, by=own, words="Nhầm."),
    )  # fmt: skip
    for decide in decisions:
        with pytest.raises(Refused, match="có bước mới từ khi mở trang"):
            decide(ret=ret, seen=seen)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({("II.2.a", "numerator"): 500}, "Chỉ tiêu II.2.a: số đã đạt 500 lớn hơn tổng số 0."),
        ({("persons_received", "sex:female"): 900}, "Người được tiếp nhận: phần “Giới tính: Nữ” 900 lớn hơn tổng 0."),
        (
            {("persons_received", ""): 3, ("persons_received", "sex:female"): 2, ("persons_received", "sex:male"): 2},
            "cộng lại 4, lớn hơn tổng 3.",
        ),
    ],
)
def test_figures_that_contradict_each_other_are_refused_at_their_box(reporting, ret, told, sentence):
    with pytest.raises(Refused) as refused:
        reporting.filled(ret, told, reason="Theo sổ giấy.")
    assert sentence in str(refused.value) and refused.value.field.startswith("c-")


def test_what_is_drafted_is_read_by_its_agency_alone_and_remarks_by_who_may_read_the_return(
    reporting, ret, as_bao, as_lan
):
    thu = reporting.cast.browser("thu")
    address = ("reports:return", PLAN, "nam-2017", "district-736")
    assert [browser.open(*address).status_code for browser in (thu, as_bao)] == [404, 404]
    ret = reporting.submitted(ret)
    assert [browser.open(*address).status_code for browser in (thu, as_bao, as_lan)] == [200, 200, 404]
    returns.send_back(by=reporting.cast.officer("thu"), ret=ret, words="Một người nữ chưa khớp.")
    period = ("reports:period", PLAN, "nam-2017")
    assert "Một người nữ chưa khớp" in words(thu.open(*period))
    assert "Bị trả lại" in words(as_lan.open(*period)) and "Một người nữ" not in words(as_lan.open(*period))


def test_a_sum_says_which_units_gave_no_figure(reporting, period):
    for agency, sessions in (("district-736", 12), ("district-737", None)):
        reporting.filled(of(period, agency), {("sessions", ""): sessions, ("leaflets", ""): 5})
        reporting.submitted(of(period, agency))
    said = dict(content(reporting.consolidated(period, with_missing=True)).unfilled_by)
    assert said["Cuộc tuyên truyền"] == ["UBND huyện Trảng Bom"] and "Tờ rơi" not in " ".join(said)


def test_a_period_of_which_everything_was_given_is_not_overdue(reporting, period, as_thu, on_day):
    for row in period.returns.all():
        reporting.submitted(row)
    on_day("20/11/2017")
    page = words(as_thu.open("reports:period", PLAN, "nam-2017"))
    assert "Đơn vị nộp: Đã xong (14/11/2017)" in page and "Tổng hợp: Còn 4 ngày (24/11/2017)" in page
    returns.submit(by=reporting.head("labour_department"), ret=reporting.put(reporting.consolidated(period)))
    on_day("20/12/2017")
    assert "Tổng hợp: Đã xong (24/11/2017)" in words(as_thu.open("reports:period", PLAN, "nam-2017"))
