"""The registers: numbers that run from 1 in each year and series, once each; secret papers apart."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from benan.audit.models import Event
from benan.core.refusals import Refused
from benan.documents.actions import files, papers
from benan.documents.models import Paper
from tests.cast import TODAY, agency_of, day, words
from tests.documents import evil

pytestmark = pytest.mark.django_db
OFFICE = "labour-737"
SAID = {"kind": "report", "other_party": "Sở LĐ-TB&XH", "about": "Báo cáo năm", "notation": "BC-LĐTBXH"}


@pytest.fixture
def enter(hanh):
    """Call to enter an outgoing paper of Hạnh's office."""
    return lambda **more: papers.register_outgoing(by=hanh, agency=agency_of(OFFICE), **{"on": TODAY, **SAID, **more})


@pytest.fixture
def receive(hanh):
    """Call to enter an incoming paper."""
    return lambda **more: papers.register_incoming(
        by=hanh, agency=agency_of(OFFICE), **{"on": TODAY, **SAID, "notation": "214/SLĐTBXH", **more}
    )


def refusal(do, **more):
    """(field, sentence) of a refusal."""
    with pytest.raises(Refused) as refused:
        do(**more)
    return refused.value.field, str(refused.value)


def test_numbers_run_from_one_in_each_series_and_year(enter, receive, son):
    assert [enter(on=on).number for on in (day("30/12/2016"), day("31/12/2016"), day("01/01/2017"), TODAY)] == [
        1,
        2,
        1,
        2,
    ]
    assert [receive().number, receive().number] == [1, 2]
    assert enter(marking="secret", holder="Văn thư", **blank()).number == 1
    other = papers.register_outgoing(by=son, agency=agency_of("procuracy"), on=TODAY, **SAID)
    assert other.number == 1


def blank():
    return dict.fromkeys(SAID, "")


def test_the_number_stands_on_the_paper_in_two_figures(enter, receive):
    assert [enter().notation, enter(number=45).notation, enter().notation] == [
        "01/BC-LĐTBXH",
        "45/BC-LĐTBXH",
        "46/BC-LĐTBXH",
    ]
    assert enter(number=7, notation="07/BC-LĐTBXH").notation == "07/BC-LĐTBXH"
    assert enter(number=8, notation="").notation == "08"
    assert receive().notation == "214/SLĐTBXH"


def test_a_number_that_is_taken_is_refused_with_what_took_it_and_what_is_free(enter):
    enter(number=45)
    assert refusal(enter, number=45) == (
        "number",
        "Số 45 của sổ văn bản đi năm 2017 đã dùng cho văn bản 45/BC-LĐTBXH ngày 09/11/2017. Số tiếp theo là 46.",
    )


def test_the_database_itself_gives_a_number_once(enter):
    row = enter(number=45)
    row.pk = None
    with pytest.raises(IntegrityError, match="a_number_is_given_once_in_a_series"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"on": TODAY + dt.timedelta(days=1)}, "on", "chỉ cấp sau khi văn bản đã ký: ngày 10/11/2017 nằm sau hôm nay (09/11/2017)"),
        ({"on": day("31/12/1999")}, "on", "bắt đầu từ năm 2000"),
        ({"number": 0}, "number", "từ 1 đến"),
        ({"number": 5, "notation": "45/BC-UBND"}, "notation", "mang số khác với số 05 của sổ"),
        ({"notation": "của chị Nụ"}, "notation", "không phải số văn bản"),
        ({"kind": ""}, "kind", "Chọn loại văn bản"),
        ({"kind": "song"}, "kind", "Chọn loại văn bản"),
        ({"about": " "}, "about", "Ghi trích yếu"),
        ({"about": "a" * 301}, "about", "nhiều nhất 300"),
        ({"other_party": ""}, "other_party", "Chọn một cơ quan"),
        ({"marking": "secret"}, "holder", "Ghi người hoặc bộ phận giữ"),
        ({"marking": "secret", "holder": "Văn thư"}, "marking", "Văn bản mật chỉ ghi số, ngày, độ mật và người giữ"),
        ({"marking": "x", "holder": "Văn thư"}, "marking", "không có trong danh mục"),
        ({"holder": "Văn thư"}, "holder", "chỉ ghi cho văn bản mật"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(enter, said, field, sentence):
    found = refusal(enter, **said)
    assert found[0] == field and sentence in found[1]
    assert not Paper.objects.unscoped(reason="tests").exists()


def test_kinds_are_those_of_the_day(enter, on_day):
    assert enter(kind="travel").kind == "travel"
    on_day("05/11/2020")
    assert refusal(enter, on=day("05/11/2020"), kind="travel")[0] == "kind"
    assert enter(on=day("05/11/2020"), kind="notice_slip").year == 2020


def test_of_a_secret_paper_the_database_keeps_no_more_than_who_holds_it(enter):
    row = enter(marking="top", holder="Văn thư", **blank())
    assert (row.notation, row.about, str(row)) == ("", "", "01")
    for more in ({"about": "x"}, {"notation": "1/A"}, {"holder": ""}):
        with pytest.raises(IntegrityError, match="of_a_secret_paper"), transaction.atomic():
            Paper.objects.unscoped(reason="tests").filter(pk=row.pk).update(**more)


def test_a_paper_is_replaced_by_one_other_and_both_stay(enter, receive):
    first = enter(on=day("06/11/2017"))
    second = enter(replaces=first)
    first.refresh_from_db()
    assert first.replaced_by == second
    assert refusal(enter, replaces=first) == ("replaces", "Văn bản 01/BC-LĐTBXH đã được thay thế bằng 02/BC-LĐTBXH.")
    assert refusal(enter, replaces=second, on=day("06/11/2017"))[0] == "replaces"
    assert refusal(enter, replaces=receive())[0] == "replaces"


def test_a_line_entered_by_mistake_is_cancelled_stays_and_gives_its_number_free(enter, hanh):
    first, mistaken = enter(), enter(number=300, about="Báo cáo quý")
    papers.cancel(by=hanh, paper=mistaken, words="Ghi nhầm số.")
    assert enter().number == 2 and enter(number=300).number == 300
    line = Paper.objects.unscoped(reason="tests").get(pk=mistaken.pk)
    assert (line.about, line.cancelled_on, line.cancelled_by, line.cancelled_for) == (
        "Báo cáo quý",
        TODAY,
        hanh,
        "Ghi nhầm số.",
    )
    assert "đã được gạch ngày 09/11/2017" in refusal(papers.cancel, by=hanh, paper=mistaken, words="Lần nữa.")[1]
    assert refusal(papers.cancel, by=hanh, paper=first, words=" ") == ("words", "Ghi lý do gạch dòng này.")


def test_what_a_cancelled_line_would_have_replaced_stands_again(enter, hanh):
    first = enter(on=day("06/11/2017"))
    second = enter(replaces=first)
    assert "đã được thay thế" in refusal(papers.cancel, by=hanh, paper=first, words="Ghi nhầm.")[1]
    papers.cancel(by=hanh, paper=second, words="Ghi nhầm.")
    first.refresh_from_db()
    assert enter(replaces=first).replaces == first


def test_a_scan_is_attached_once_and_stays(enter, hanh, son):
    row, office = enter(), agency_of(OFFICE)
    scan = files.store(by=hanh, agency=office, upload=evil.upload("a.pdf", evil.pdf()))
    other = files.store(by=hanh, agency=office, upload=evil.upload("b.pdf", evil.pdf(pages=2)))
    foreign = files.store(by=son, agency=agency_of("procuracy"), upload=evil.upload("b.pdf", evil.pdf(pages=3)))
    assert "do đơn vị khác lưu" in refusal(papers.attach_scan, by=hanh, paper=row, scan=foreign)[1]
    assert "do đơn vị khác lưu" in refusal(enter, scan=foreign)[1]
    papers.attach_scan(by=hanh, paper=row, scan=scan)
    papers.attach_scan(by=hanh, paper=row, scan=scan)
    assert "đã có bản chụp" in refusal(papers.attach_scan, by=hanh, paper=row, scan=other)[1]
    secret = enter(marking="secret", holder="Văn thư", **blank())
    assert "Văn bản mật" in refusal(papers.attach_scan, by=hanh, paper=secret, scan=other)[1]
    assert Event.objects.filter(event="scan_attached").count() == 1


def test_nobody_enters_papers_for_another_office(lan, truong_phong, phuong, enter):
    row = enter()
    for officer in (lan, truong_phong, phuong):
        with pytest.raises(PermissionDenied):
            papers.register_outgoing(by=officer, agency=agency_of(OFFICE), on=TODAY, **SAID)
        with pytest.raises(PermissionDenied):
            papers.register_incoming(by=officer, agency=agency_of(OFFICE), on=TODAY, **SAID)
        with pytest.raises(PermissionDenied):
            papers.attach_scan(by=officer, paper=row, scan=None)
        with pytest.raises(PermissionDenied):
            papers.cancel(by=officer, paper=row, words="Ghi nhầm.")


def test_the_trail_names_the_line_and_holds_no_words(enter):
    row = enter(subject="return:12")
    event = Event.objects.get(event="paper_registered")
    assert (event.by, event.subject) == ("hanh", f"paper:{row.pk}")
    assert event.data == {"direction": "out", "year": 2017, "number": 1, "secret": False}


# --- The pages


def test_a_colleague_of_the_office_reads_the_scans_of_its_register(enter, hanh, cast):
    scan = files.store(by=hanh, agency=agency_of(OFFICE), upload=evil.upload("a.pdf", evil.pdf()))
    colleague = cast.appoint("tam", "Lê Tâm", "caseworker", OFFICE)
    browser = type(cast.browser("hanh"))(colleague)
    assert browser.open("documents:download", scan.key).status_code == 404
    enter(scan=scan)
    assert browser.open("documents:download", scan.key).status_code == 200


def test_the_register_lists_finds_and_pages(enter, receive, as_hanh, monkeypatch):
    monkeypatch.setattr("benan.documents.views.PER_PAGE", 2)
    for _n in range(3):
        enter()
    receive(number=77)
    assert "Trang 1 trên 2" in words(as_hanh.open("documents:register"))
    assert [line["paper"].number for line in as_hanh.open("documents:register", trang=2).context["lines"]] == [1]
    for asked in ("2", "02/bc"):
        assert [line["paper"].number for line in as_hanh.open("documents:register", q=asked).context["lines"]] == [2]
    arrived = as_hanh.open("documents:register", so="den")
    assert b'name="so" value="den"' in arrived.content  # what is looked for next is looked for in the same series
    assert "Sổ văn bản đến năm 2017" in words(arrived) and "214/SLĐTBXH" in words(arrived)
    assert "Sổ này chưa có văn bản nào" in words(as_hanh.open("documents:register", so="di-mat"))


def test_each_office_sees_its_own_register_alone(enter, as_hanh, as_lan):
    enter(about="Báo cáo riêng")
    assert "Báo cáo riêng" in words(as_hanh.open("documents:register"))
    for more in ({}, {"agency": agency_of(OFFICE).pk}):
        assert "Báo cáo riêng" not in words(as_lan.open("documents:register", **more))


@pytest.mark.parametrize("page", ["outgoing", "incoming"])
def test_a_paper_is_entered_on_its_page_and_the_next_number_is_said(enter, receive, as_hanh, page):
    (enter if page == "outgoing" else receive)(number=4)
    form = words(as_hanh.open(f"documents:{page}"))
    assert "Số tiếp theo của năm nay là 05." in form
    answer = as_hanh.send(f"documents:{page}", on=TODAY, **SAID | {"notation": "5/BC-UBND"})
    assert answer.status_code == 302
    assert "05/BC-UBND" in words(as_hanh.get(answer.url)) or "5/BC-UBND" in words(as_hanh.get(answer.url))


def test_a_paper_that_replaces_another_is_named_by_what_stands_on_it(enter, as_hanh):
    enter()
    assert as_hanh.send("documents:outgoing", on=TODAY, **SAID, replaces="99/BC-LĐTBXH").status_code == 422
    answer = as_hanh.send("documents:outgoing", on=TODAY, **SAID, replaces="01/bc-lđtbxh")
    said = words(as_hanh.get(answer.url))
    assert "Đã được thay thế bằng văn bản 02/BC-LĐTBXH ngày 09/11/2017" in said
    assert "Thay thế văn bản 01/BC-LĐTBXH ngày 09/11/2017" in said


def test_a_scan_is_sent_from_its_page_and_then_offered(enter, as_hanh):
    row = enter()
    answer = as_hanh.send("documents:scan", row.pk)
    assert answer.status_code == 422
    answer = as_hanh.post(f"/so-van-ban/{row.pk}/tep/", {"scan": evil.upload("a.pdf", evil.pdf())})
    assert answer.status_code == 302 and "Tệp PDF" in words(as_hanh.get(answer.url))
    assert b'type="file"' not in as_hanh.open("documents:scan", row.pk).content


def test_a_secret_paper_is_listed_by_who_holds_it(enter, as_hanh):
    answer = as_hanh.send("documents:outgoing", on=TODAY, marking="secret", holder="Văn thư Lan")
    assert "Văn thư Lan" in words(as_hanh.get(answer.url)) and answer.url.startswith("/so-van-ban/?so=di-mat")


def test_a_line_is_cancelled_on_its_page_once_and_shown_with_its_reason(enter, as_hanh):
    row = enter()
    answer = as_hanh.send("documents:cancel", row.pk, words="Ghi nhầm sổ.")
    again = as_hanh.send("documents:cancel", row.pk, words="Ghi nhầm sổ.")
    page = words(as_hanh.get(answer.url))
    assert answer.url == again.url and page.count("Đã gạch ngày 09/11/2017: Ghi nhầm sổ.") == 1
    assert "Gạch dòng ghi nhầm" not in page and "Kèm bản chụp" not in page
