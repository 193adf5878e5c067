"""The page of a return: what it shows, what it takes, and what comes back when it does not."""

import html
import re

import pytest

from benan.cases.actions import receptions
from benan.core.days import show
from benan.plan import queries as plans
from benan.plan.actions import progress
from benan.reports.actions import returns as actions
from benan.reports.models import Cell, Narrative
from benan.shell.demo.player import calendar_open_at
from tests.cast import PLAN, Officer, agency_of, day, words
from tests.reports.playing import of, values

ADDRESS = f"/ke-hoach/{PLAN}/bao-cao/nam-2017/district-736/"


def box(ret, line, part="", kind="c"):
    return f"{kind}-{Cell.objects.get(ret=ret, line=line, part=part).pk}"


def sent(ret, **changed):
    """The whole form of a return as its page sends it, with what somebody changed."""
    data = {}
    for cell in ret.cells.all():
        shown = "" if cell.value is None else f"{cell.value:,}".replace(",", ".")
        data |= {f"c-{cell.pk}": shown, f"initial-c-{cell.pk}": shown}
        if cell.counted is not None:
            data |= {f"r-{cell.pk}": cell.reason, f"initial-r-{cell.pk}": cell.reason}
    for text in ret.narratives.all():
        data |= {f"n-{text.section}": text.words, f"initial-n-{text.section}": text.words}
    return data | changed


def test_it_is_filled_in_one_form_and_what_is_left_alone_stays(as_quang, ret):
    answer = as_quang.post(ADDRESS, sent(ret, **{box(ret, "attendances"): "18.960", box(ret, "sessions"): "0"}))
    assert answer.status_code == 302
    page = words(as_quang.get(ADDRESS))
    assert "không phát sinh" in page and re.search(r"Còn \d+ số chưa ghi", page)
    said = values(ret)
    assert (said["attendances", ""], said["sessions", ""], said["leaflets", ""]) == (18_960, 0, None)
    assert "Lượt người dự tuyên truyền: 18.960 lượt." in Narrative.objects.get(ret=ret, section="communication").words


def test_what_is_not_filled_is_named_above_and_below_the_form_and_leads_to_its_box(as_quang, ret):
    page = as_quang.get(ADDRESS).content.decode()
    spent = f"id_{box(ret, 'spent')}"
    links = re.findall(rf'<a href="#{spent}">([^<]+)</a>', page)
    assert links == ["Kinh phí đã chi"] * 2 and f'id="{spent}"' in page
    as_quang.post(ADDRESS, sent(ret, **{box(ret, "spent"): "0"}))
    assert f'href="#{spent}"' not in as_quang.get(ADDRESS).content.decode()


def test_what_divides_a_counted_line_is_folded_below_it_and_what_is_typed_is_not(as_quang, ret):
    Cell.objects.filter(ret=ret, line="persons_received", part__in=["", "sex:female"]).update(value=2, counted=2)
    page = as_quang.get(ADDRESS).content.decode()
    folded = re.findall(r"<details class=\"fold[^>]*>.*?</details>", page, re.DOTALL)
    (parts,) = [each for each in folded if "Chia theo: giới tính" in each]
    assert "Giới tính: Nữ" in parts and not re.search(r"<details[^>]* open", parts)
    assert page.index("Người được tiếp nhận <span") < page.index(parts)
    assert not any(box(ret, "sessions") in each for each in folded)
    Cell.objects.filter(ret=ret, line="persons_received", part="sex:female").update(value=1, reason="Theo sổ giấy.")
    page = as_quang.get(ADDRESS).content.decode()
    assert re.search(r'<details class="fold" open>\s*<summary class="small">Chia theo: giới tính', page)


@pytest.mark.parametrize("typed", ["ba", "1,5", "1.5", "-3", "9" * 20])
def test_what_is_no_number_comes_back_with_a_sentence(as_quang, ret, typed):
    answer = as_quang.post(ADDRESS, sent(ret, **{box(ret, "sessions"): typed, box(ret, "leaflets"): "44"}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"“{typed[:30]}” không phải số." in words(answer) and 'value="44"' in page
    assert values(ret)["leaflets", ""] is None


def test_a_correction_without_a_reason_keeps_what_was_typed_and_says_so_at_the_box(as_quang, ret):
    answer = as_quang.post(ADDRESS, sent(ret, **{box(ret, "II.2.a", "denominator"): "7"}))
    assert answer.status_code == 422 and 'value="7"' in answer.content.decode()
    assert "Chương trình đếm được 0; ghi số khác thì phải giải trình." in words(answer)


def test_two_drafters_lose_nothing_of_each_other(reporting, as_quang, ret):
    opened = sent(ret)
    reporting.filled(ret, {("sessions", ""): 5})
    answer = as_quang.post(ADDRESS, opened | {box(ret, "leaflets"): "44"})
    assert answer.status_code == 302 and values(ret)["sessions", ""] == 5
    answer = as_quang.post(ADDRESS, opened | {box(ret, "sessions"): "6"})
    assert answer.status_code == 422 and "Người khác vừa ghi vào 1 ô" in words(answer)
    assert f'name="initial-{box(ret, "sessions")}" value="5"' in answer.content.decode()
    assert values(ret)["sessions", ""] == 5


def test_a_form_made_by_hand_changes_nothing_that_is_frozen(reporting, as_quang, ret):
    form = sent(ret, **{box(ret, "sessions"): "6"})
    reporting.submitted(ret)
    answer = as_quang.post(ADDRESS, form)
    assert answer.status_code == 422 and "Số liệu đã chốt ngày" in words(answer)
    assert "Lưu báo cáo" not in words(as_quang.get(ADDRESS)) and values(ret)["sessions", ""] is None


def test_a_form_made_by_hand_fills_no_figure_of_another_return(reporting, as_quang, ret):
    other = of(ret.period, "district-737")
    answer = as_quang.post(ADDRESS, sent(ret, **{box(other, "sessions"): "6"}))
    assert answer.status_code == 302 and values(other)["sessions", ""] is None


def test_the_text_begins_with_what_was_recorded_of_its_clauses_and_keeps_what_was_edited(reporting, ret):
    progress.record_progress(
        by=reporting.drafter("district-736"), clause=plans.clause(reporting.plan, "VI.1"), agency=agency_of("district-736"),
        on=day("01/10/2017"), state="done", words="Đã ban hành kế hoạch của huyện.",
    )  # fmt: skip
    reporting.filled(ret, {("sessions", ""): 3}, {"communication": "Lời của huyện."})
    texts = dict(Narrative.objects.filter(ret=ret).values_list("section", "words"))
    assert texts["direction"] == "- Ngày 01/10/2017 (mục VI.1): Đã ban hành kế hoạch của huyện."
    assert texts["communication"] == "Lời của huyện."
    assert "Cuộc tuyên truyền: 3 cuộc" in Narrative.objects.get(ret=ret, section="communication").proposed


def test_a_counted_figure_leads_to_what_it_counts_for_who_may_see_that(reporting, as_thu, as_quang, ret):
    reporting.submitted(ret)
    for browser in (as_thu, as_quang):
        assert (
            "/chi-tieu/II.2.a/?tu=01%2F11%2F2016&amp;den=31%2F10%2F2017&amp;dia_ban=736"
            in browser.get(ADDRESS).content.decode()
        )
    found = as_thu.get(
        f"/ke-hoach/{PLAN}/chi-tieu/II.2.a/", {"tu": "01/11/2016", "den": "31/10/2017", "dia_ban": "736"}
    )
    assert found.status_code == 200 and "huyện Định Quán" in words(found)


def test_each_part_of_a_counted_line_leads_to_the_cases_it_counts(as_quang, ret, cast):
    with calendar_open_at(day("09/11/2017")):
        by, told = cast.officer("quang"), {"channel": "self", "came_on": day("20/10/2017")}
        for sex in ("female", "female", "male"):
            receptions.receive(by=by, area_code="26209", sex=sex, another=True, **told)
        actions.refresh(by=by, ret=ret)
    whole, women = (
        re.search(
            rf'href="(/ke-hoach/{PLAN}/so-dem/persons_received/[^"]*{part})">(\d+)<',
            as_quang.get(ADDRESS).content.decode(),
        )
        for part in ("dia_ban=736&amp;don_vi=", "phan=sex%3Afemale")
    )
    assert (whole[2], women[2]) == ("3", "2")
    page = as_quang.get(html.unescape(women[1]))
    assert "Người được tiếp nhận, Giới tính: Nữ: 2" in words(page)


def test_the_period_says_who_is_late_and_whose_move_it_is(reporting, ret, as_son, on_day):
    reporting.submitted(of(ret.period, "district-737"))
    on_day("17/11/2017")
    page = words(as_son.open("reports:period", PLAN, "nam-2017"))
    assert "Báo cáo năm 2017: 1/20 đơn vị đã nộp" in page
    assert "UBND huyện Định Quán Đang soạn · chậm 3 ngày · việc của người soạn của đơn vị" in page
    assert "UBND huyện Trảng Bom Nộp 09/11/2017 · việc của Sở Lao động - Thương binh và Xã hội" in page
    html = as_son.open("reports:period", PLAN, "nam-2017").content.decode()
    assert "/nam-2017/procuracy/" in html and "/nam-2017/district-736/" not in html


def test_the_periods_are_listed_and_opened_from_there(reporting, as_thu, as_lan):
    page = words(as_thu.open("reports:periods", PLAN))
    assert "Kỳ chưa mở" in page and "Mở kỳ năm 2017" in page
    assert "Mở kỳ" not in words(as_lan.open("reports:periods", PLAN))
    answer = as_thu.post(f"/ke-hoach/{PLAN}/bao-cao/mo/theo-ke-hoach/", {"key": "nam-2017"})
    assert answer["Location"].endswith("/bao-cao/nam-2017/")
    assert "0/20 đơn vị đã nộp" in words(as_thu.open("reports:periods", PLAN))


def test_the_navigation_leads_to_ones_own_open_return_first(ret, as_quang, as_lan):
    assert as_quang.open("reports:home")["Location"] == ADDRESS
    assert as_lan.open("reports:home")["Location"] == f"/ke-hoach/{PLAN}/bao-cao/"


def test_desks_name_what_is_due_from_whom(reporting, ret, as_quang, as_thu):
    assert "Soạn báo cáo năm 2017 của UBND huyện Định Quán" in words(as_quang.open("shell:home"))
    reporting.put(ret)
    assert "Soạn báo cáo năm 2017 của UBND huyện Định Quán" not in words(as_quang.open("shell:home"))
    head = Officer(reporting.head("district-736"))
    assert "Báo cáo năm 2017 của UBND huyện Định Quán chờ duyệt" in words(head.open("shell:home"))
    reporting.submitted(of(ret.period, "district-737"))
    assert "Nhận 1 báo cáo năm 2017 đã nộp" in words(as_thu.open("shell:home"))


def test_the_page_of_an_agency_shows_its_returns(ret, as_quang, as_lan):
    page = words(as_quang.open("plan:agency", PLAN, "district-736"))
    assert "Báo cáo kỳ Năm 2017 Đang soạn" in page
    assert ADDRESS in as_quang.open("plan:agency", PLAN, "district-736").content.decode()
    assert ADDRESS not in as_lan.open("plan:agency", PLAN, "district-736").content.decode()


def test_who_may_not_read_it_learns_nothing(ret, as_lan, as_son, as_hanh):
    assert [browser.get(ADDRESS).status_code for browser in (as_lan, as_son, as_hanh)] == [404] * 3


def test_the_consolidated_report_is_made_on_its_page(reporting, ret, as_thu):
    reporting.submitted(ret)
    address = f"/ke-hoach/{PLAN}/bao-cao/nam-2017/lap-tong-hop/"
    refused = as_thu.post(address, {})
    assert refused.status_code == 422 and "Còn 19 đơn vị chưa nộp" in words(refused)
    answer = as_thu.post(address, {"with_missing": "on"})
    assert answer["Location"] == f"/ke-hoach/{PLAN}/bao-cao/nam-2017/tong-hop/"
    page = words(as_thu.get(answer["Location"]))
    assert "Chưa có báo cáo của:" in page and "Trình thủ trưởng" in page
    assert f"nộp chậm nhất {show(day('24/11/2017'))}" in page


def test_the_consolidated_report_says_first_who_is_missing_then_what_differs_then_the_figures(reporting, ret, as_thu):
    reporting.filled(ret, {("II.2.a", "denominator"): 2, ("II.2.a", "numerator"): 1}, reason="Hai người theo sổ giấy.")
    reporting.submitted(ret)
    reporting.consolidated(ret.period, with_missing=True)
    page = words(as_thu.get(f"/ke-hoach/{PLAN}/bao-cao/nam-2017/tong-hop/"))
    told = [
        "Chưa có báo cáo của:", "Tổng hợp từ 1 trên 20 đơn vị. Được đề nghị báo cáo, chưa gửi: Hội Liên hiệp Phụ nữ tỉnh",
        "26 số khác với số liệu hiện nay.",
        "Giải trình chênh lệch", "24 số của đơn vị chưa nộp báo cáo", "Chỉ tiêu của kế hoạch", "Công tác chỉ đạo triển khai",
    ]  # fmt: skip
    assert [page.index(each) for each in told] == sorted(page.index(each) for each in told)
