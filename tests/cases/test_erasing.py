"""Who somebody is, erased for good by two people: nothing of them is left in a copy taken afterwards, and counts stay."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, connection, transaction

from benan.accounts.models import Membership
from benan.audit.models import Event
from benan.cases import steps
from benan.cases.actions import closing, erasures
from benan.cases.models import Case, Deadline, Erasure, Step
from benan.core import sealing
from benan.core.figures import question
from benan.needs.actions import needs
from benan.needs.models import Need
from benan.vault.models import Person, Sealed, Token
from tests.cast import ADULT, CHILD, TODAY, again, agency_of, seen, words
from tests.indicators.numbers import five_figures

WHO = {"full_name": "Trịnh Thị Ngân Hoa", "birth": "1995", "phone": "0912345678", "stay": "Nhà trọ Hoa Mai"}
ASK, DECIDE = "/ho-so/{}/xoa-danh-tinh/", "/ho-so/{}/xoa-danh-tinh/quyet-dinh/"
WITHDRAW = "/ho-so/{}/xoa-danh-tinh/rut/"
PAPER = {"received_on": "09/11/2017", "paper_no": "31/ĐX", "paper_on": "09/11/2017"}
REQUEST, FOR_A_CHILD = {"reason": "asked", **PAPER}, {"reason": "represented", **PAPER}
AGREED = {"agreed": "yes", "decision_no": "5/QĐ", "decision_on": "09/11/2017"}
DECLINED = {"agreed": "no", "declined": "pending"}


@pytest.fixture
def ended(cast):
    """Call for a case with words of every kind, found to be a victim's, and ended."""

    def make(**more):
        case = cast.victim(cast.assessed(**{"identity": WHO, **ADULT, **more}))
        return again(closing.close(by=cast.officer("hanh"), case=case, on=TODAY, closing="left", words="đi rồi"))

    return make


@pytest.fixture
def asked(cast):
    """Call to have Hạnh ask that a case's identity be erased; gives the answer of the page."""
    return lambda case, **said: cast.browser("hanh").post(
        ASK.format(case.code), {**REQUEST, **said, "seen": seen(case.code)}
    )


@pytest.fixture
def decided(cast):
    """Call to have somebody decide on what is asked of a case; gives the answer of the page."""
    return lambda case, name="truong_phong", said=AGREED: cast.browser(name).post(
        DECIDE.format(case.code), {**said, "seen": seen(case.code)}
    )


@pytest.fixture
def erased(asked, decided):
    """Call to have a case's identity asked to be erased by Hạnh and agreed to by the head."""
    return lambda case, **said: [asked(case, **said).status_code, decided(case).status_code]


@pytest.fixture
def elsewhere(cast):
    """Call for another case of somebody whose case ended, at Quyên's commune in another district; ended too, unless `open`."""

    def make(case, open=False):
        other = cast.received(by="quyen", person_id=case.person_id)
        return other if open else again(closing.close(by=cast.officer("quyen"), case=other, on=TODAY, closing="left"))

    return make


def line(case, key):
    """The line of a case's history with a key; None where it has none."""
    return case.steps.filter(key=key).first()


def dumped():
    """Everything in every table, as its owner would read it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        held = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
            held += [row for (row,) in cursor.fetchall()]
    return "\n".join(held)


def counted(case):
    """Figures, clocks, rights and history as they stand."""
    year = question(dt.date(2017, 1, 1), dt.date(2017, 12, 31))
    return (
        [repr(figure.total) for figure in five_figures(year)],
        sorted(
            map(
                str,
                Deadline.objects.filter(case=case).values_list("limit", "started_on", "due_on", "met_on", "ended_on"),
            )
        ),
        sorted(map(str, Need.objects.of(case).values_list("kind", "granted", "citation"))),
        [row for row in Step.objects.filter(case=case).order_by("pk").values_list("key", "on") if "eras" not in row[0]],
    )


def key_of(case):
    return bytes(Person.objects.unscoped(reason="tests").get(pk=case.person_id).wrapped_key)


def test_a_copy_taken_afterwards_holds_neither_words_nor_key_nor_index_of_them(cast, ended, erased):
    case = ended()
    key = key_of(case)
    tokens = [bytes(token.value).hex() for token in Token.objects.filter(person=case.person_id)]
    sealed = [bytes(row.value).hex() for row in Sealed.objects.filter(person=case.person_id)]
    assert tokens and sealed
    erased(case)
    held = dumped()
    assert [each for each in [key.hex(), *tokens, *sealed, *WHO.values()] if each in held and each != "1995"] == []


def test_counts_limits_rights_and_history_stay_as_they_were(ended, erased):
    case = ended()
    before, trail = counted(case), list(Event.objects.order_by("seq").values_list("hash", flat=True))
    assert erased(case) == [302, 302]
    assert counted(case) == before
    assert list(Event.objects.order_by("seq").values_list("hash", flat=True))[: len(trail)] == trail


def test_of_a_child_rights_stay_answered_as_they_were(ended, erased):
    case = ended(**CHILD, identity=WHO)
    before = counted(case)
    assert erased(case, **FOR_A_CHILD) == [302, 302]
    assert counted(case) == before


def test_notes_that_stay_are_noise(ended, erased):
    case = ended()
    notes = [bytes(note) for note in case.steps.exclude(note=None).values_list("note", flat=True)]
    assert notes
    key = sealing.unwrap(key_of(case))
    assert [sealing.unseal(key, note, "note") for note in notes]
    erased(case)
    assert Person.objects.unscoped(reason="tests").get(pk=case.person_id).wrapped_key is None


def test_the_page_says_on_which_day_and_offers_nothing_that_needs_who_they_were(cast, ended, erased, as_hanh):
    case = ended()
    erased(case)
    page = as_hanh.open("cases:case", case.code)
    said, source = words(page), page.content.decode()
    assert "Danh tính của người này đã được xóa vĩnh viễn ngày 09/11/2017" in said
    assert "Đã xóa vĩnh viễn danh tính" in said and "Đề nghị xóa vĩnh viễn danh tính" in said
    assert not [page for page in ("danh-tinh/", "tro-lai/", "mo-lai/", "ghi-them/") if f"{case.code}/{page}" in source]


def test_who_asks_does_not_decide(cast, ended, asked, decided):
    case = ended()
    assert asked(case).status_code == 302
    assert decided(case, "hanh").status_code == 403
    assert key_of(case)


def test_one_person_with_both_rights_does_not_decide_on_their_own_request(cast, ended, decided):
    case, head = ended(), cast.officer("truong_phong")
    case.erasures.create(reason="asked", received_on=TODAY, asked_by=head, asked_on=TODAY)
    page = decided(case)
    assert page.status_code == 422 and "không tự quyết định" in words(page) and key_of(case)
    with pytest.raises(IntegrityError, match="two_people_erase"), transaction.atomic():
        case.erasures.update(agreed=True, decided_by=head, decided_on=TODAY)


@pytest.mark.parametrize("name", ["lan", "dung", "hung", "thu", "hoa"])
def test_nobody_else_asks_or_decides(cast, ended, name):
    case, browser, _head = ended(), cast.browser(name), cast.officer("truong_phong")
    answers = [
        browser.post(where.format(case.code), {**REQUEST, **AGREED}).status_code for where in (ASK, DECIDE, WITHDRAW)
    ]
    assert set(answers) <= {403, 404} and key_of(case)


def test_where_the_office_has_no_head_the_department_decides_and_the_page_says_so(cast, ended, asked, decided):
    case = ended()
    said = words(cast.browser("hanh").get(ASK.format(case.code)))
    assert "Sở Lao động - Thương binh và Xã hội quyết định, vì ở đơn vị quản lý" in said
    asked(case)
    assert decided(case, "thu").status_code == 302 and line(case, "identity_erased")


def test_where_the_office_has_a_head_the_page_says_that_the_head_decides(cast, ended):
    case, _head = ended(), cast.officer("truong_phong")
    said = words(cast.browser("hanh").get(ASK.format(case.code)))
    assert re.search(r"Thủ trưởng Phòng [^.]*Trảng Bom quyết định\.", said)


def test_a_head_does_not_erase_what_another_office_manages(cast, ended, asked, decided, elsewhere):
    case = ended()
    other = elsewhere(case)
    asked(case)
    page = decided(case)
    assert page.status_code == 422 and "hồ sơ khác của người này do đơn vị khác quản lý" in words(page)
    assert key_of(case) and not other.steps.filter(key__contains="eras").exists()


def test_of_cases_of_several_offices_the_department_decides_and_each_history_says_so(
    cast, ended, asked, decided, elsewhere
):
    case, _head = ended(), cast.officer("truong_phong")
    other = elsewhere(case)
    said = words(cast.browser("hanh").get(ASK.format(case.code)))
    assert "quyết định, vì hồ sơ khác của người này do đơn vị khác quản lý." in said and other.shown_code not in said
    asked(case)
    page = words(cast.browser("thu").get(DECIDE.format(case.code)))
    assert case.shown_code in page and other.shown_code in page
    assert decided(case, "thu").status_code == 302
    assert [line(each, "identity_erased").paper_no for each in (case, other)] == ["5/QĐ", "5/QĐ"]


def test_an_office_from_which_a_case_is_kept_is_told_nothing_of_it(cast, ended, asked, elsewhere):
    case = ended()
    other, _head = elsewhere(case, open=True), cast.officer("truong_phong")
    other.team.kept_from.add(agency_of("labour-737"))
    said = words(cast.browser("hanh").get(ASK.format(case.code)))
    assert asked(case).status_code == 302 and "hồ sơ khác của" not in said and "Người này còn" not in said
    assert not other.steps.filter(key__contains="eras").exists()


def test_while_a_case_elsewhere_is_open_the_department_may_only_decline(cast, ended, asked, decided, elsewhere):
    case = ended()
    other = elsewhere(case, open=True)
    other.team.kept_from.add(agency_of("labour-737"))
    asked(case)
    page = decided(case, "thu")
    assert page.status_code == 422 and "còn hồ sơ đang mở" in words(page) and key_of(case)
    assert decided(case, "thu", DECLINED).status_code == 302
    assert line(case, "erasure_declined") and not line(other, "erasure_declined")


def test_what_two_offices_ask_of_one_person_ends_together(cast, ended, asked, decided, elsewhere, quang):
    case, _head = ended(), cast.officer("truong_phong")
    other = elsewhere(case)
    other.agency = agency_of("labour-736")
    other.save(update_fields=["agency"])
    with steps.change(other, by=quang) as change:
        change.join_team(other.agency, "manages", TODAY)
    asked(case)
    erasures.ask(by=quang, case=other, reason="error", received_on=TODAY)
    assert decided(other, "thu").status_code == 302
    assert set(Erasure.objects.values_list("agreed", flat=True)) == {True}


def test_an_open_case_is_not_erased_and_the_sentence_says_how(cast, as_hanh):
    page = as_hanh.post(ASK.format(cast.assessed().code), {"reason": "error"})
    assert page.status_code == 422 and "Kết thúc hồ sơ trước" in words(page)


def test_a_person_received_again_meanwhile_is_not_erased(cast, ended, asked, decided, as_lan, hanh):
    case = ended()
    asked(case)
    sent = {"channel": "self", "came_on": "09/11/2017", "area_code": case.area_code}
    assert as_lan.post(f"/ho-so/{case.code}/tro-lai/", sent).status_code == 302
    assert decided(case).status_code == 422 and key_of(case)
    assert "Người này còn hồ sơ đang mở" in words(decided(case, "thu")) and key_of(case)


def test_of_a_person_received_elsewhere_meanwhile_the_head_may_still_decline(ended, asked, decided, elsewhere):
    case = ended()
    asked(case)
    elsewhere(case)
    assert decided(case).status_code == 422 and key_of(case)
    assert decided(case, said=DECLINED).status_code == 302


@pytest.fixture
def joined(cast, hanh):
    """Call for two cases of one person, both ended: the one that went on, and the one that was joined to it."""

    def make():
        other = cast.notified(cast.received(identity={"full_name": "Trịnh Ngân"}))
        case = cast.notified(cast.received(identity=WHO))
        cast.browser("hanh").send("cases:join", case.code, code=other.code)
        return again(closing.close(by=hanh, case=again(case), on=TODAY, closing="left")), again(other)

    return make


def test_the_case_joined_with_it_is_erased_too_on_the_same_day(cast, joined, erased):
    case, other = joined()
    assert erased(case) == [302, 302]
    keys = Person.objects.unscoped(reason="tests").filter(pk__in=[case.person_id, other.person_id])
    assert set(keys.values_list("wrapped_key", flat=True)) == {None}
    assert again(case).erased_on == again(other).erased_on == TODAY
    assert line(other, "identity_erased")


def test_of_a_case_joined_to_another_the_request_is_sent_there(joined, asked, as_hanh):
    _case, other = joined()
    page = asked(other)
    assert page.status_code == 422 and "đã ghép vào hồ sơ khác" in words(page)
    assert ASK.format(other.code) not in as_hanh.open("cases:case", other.code).content.decode()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"received_on": ""}, "Ô này còn để trống."),
        ({"received_on": "10/11/2017"}, "nằm sau hôm nay"),
        ({"paper_no": ""}, "Ghi số của đơn, văn bản yêu cầu"),
        ({"paper_on": ""}, "Ghi ngày của văn bản."),
        ({"paper_no": "chị Hoa"}, "không phải số văn bản"),
        ({"reason": "kept_long", "paper_no": "", "paper_on": ""}, "Ghi số của đơn, văn bản yêu cầu"),
        ({"reason": ""}, "Chưa chọn câu trả lời."),
    ],
)
def test_a_request_says_when_it_came_and_on_which_paper(ended, asked, said, sentence):
    page = asked(ended(), **said)
    assert page.status_code == 422 and sentence in words(page) and not Erasure.objects.exists()


def test_a_case_made_by_mistake_needs_no_paper(ended, asked):
    assert asked(ended(), reason="error", paper_no="", paper_on="").status_code == 302


def test_for_a_child_a_representative_asks(ended, asked, as_hanh):
    case = ended(**CHILD, identity=WHO)
    page = asked(case)
    assert page.status_code == 422 and "người đại diện khác yêu cầu" in words(page)
    assert "Điều 20 khoản 3" in words(as_hanh.get(ASK.format(case.code)))
    assert asked(case, **FOR_A_CHILD).status_code == 302


@pytest.mark.parametrize("where", [ASK, DECIDE])
def test_the_page_says_when_the_law_does_not_ask_for_it_what_goes_and_what_stays(cast, ended, asked, where):
    case = ended()
    if where == DECIDE:
        asked(case)
    said = words(cast.browser("hanh" if where == ASK else "truong_phong").get(where.format(case.code)))
    for sentence in (
        "Nghị định 13/2023, Điều 16 khoản 2 điểm b, có hiệu lực từ 01/07/2023",
        "Luật Lưu trữ 33/2024: chưa kiểm chứng",
        "chưa hết thời hạn phải lưu giữ",
        "Đối chiếu các thông tin ấy với nhau vẫn có thể nhận ra một người.",
        "Bản sao lưu lập trước ngày xóa vẫn còn danh tính",
    ):
        assert sentence in said
    assert "chỉ mục" not in said and "khóa" not in said


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"agreed": "yes"}, "Ghi số của quyết định xóa danh tính."),
        ({"agreed": "yes", "decision_no": "5/QĐ"}, "Ghi ngày của văn bản."),
        ({"agreed": "yes", "decision_no": "5/QĐ", "decision_on": "10/11/2017"}, "nằm sau hôm nay"),
        ({"agreed": "no"}, "Chọn lý do không đồng ý."),
    ],
)
def test_a_decision_names_its_paper_or_its_reason(ended, asked, decided, said, sentence):
    case = ended()
    asked(case)
    page = decided(case, said=said)
    assert page.status_code == 422 and sentence in words(page) and key_of(case)


def test_who_decides_reads_who_asked_when_and_on_which_paper(cast, ended, asked):
    case = ended()
    asked(case)
    said = words(cast.browser("truong_phong").get(DECIDE.format(case.code)))
    assert (
        "Trần Minh Hạnh, 09/11/2017" in said and "số 31/ĐX ngày 09/11/2017" in said and "Người ấy yêu cầu xóa" in said
    )


def test_a_request_that_is_declined_leaves_everything_and_the_case_says_why(ended, asked, decided, as_hanh):
    case = ended()
    asked(case)
    assert decided(case, said=DECLINED).status_code == 302
    assert key_of(case) and line(case, "erasure_declined")
    page = as_hanh.open("cases:case", case.code)
    assert "không được đồng ý, ngày 09/11/2017. Lý do: Vụ việc hoặc vụ án còn đang được giải quyết." in words(page)
    assert ASK.format(case.code) in page.content.decode()


def test_a_request_waits_on_the_desk_of_who_decides_until_it_is_decided(cast, ended, asked, decided):
    case, head = ended(), cast.browser("truong_phong")
    asked(case)
    assert DECIDE.format(case.code) in head.get("/").content.decode()
    assert DECIDE.format(case.code) not in cast.browser("thu").get("/").content.decode()
    decided(case, said=DECLINED)
    assert DECIDE.format(case.code) not in head.get("/").content.decode()


def test_a_request_about_cases_of_several_offices_waits_on_the_desk_of_the_department(cast, ended, asked, elsewhere):
    case, head = ended(), cast.browser("truong_phong")
    elsewhere(case)
    asked(case)
    assert DECIDE.format(case.code) in cast.browser("thu").get("/").content.decode()
    assert DECIDE.format(case.code) not in head.get("/").content.decode()


def test_who_asked_takes_it_back_and_may_ask_again(cast, ended, asked, as_hanh):
    case, head = ended(), cast.browser("truong_phong")
    asked(case)
    assert WITHDRAW.format(case.code) in as_hanh.open("cases:case", case.code).content.decode()
    assert as_hanh.post(WITHDRAW.format(case.code), {"seen": seen(case.code)}).status_code == 302
    assert line(case, "erasure_withdrawn") and DECIDE.format(case.code) not in head.get("/").content.decode()
    assert asked(case).status_code == 302


def test_nobody_takes_back_what_another_asked(cast, ended, asked, quang):
    case = ended()
    asked(case)
    Membership.objects.filter(user=quang).update(agency=agency_of("labour-737"))
    page = cast.browser("quang").post(WITHDRAW.format(case.code), {"seen": seen(case.code)})
    assert page.status_code == 422 and "Không có đề nghị xóa nào của chị/anh" in words(page)
    assert Erasure.objects.get().withdrawn_on is None


@pytest.mark.parametrize(
    "page", ["danh-tinh/", "tro-lai/", "ghi-them/", "tiep-nhan/nguoi-ay/", "xoa-danh-tinh/", "ket-thuc/", "mo-lai/"]
)
def test_a_page_of_an_erased_case_says_so_and_has_no_form(ended, erased, as_hanh, page):
    case = ended()
    erased(case)
    shown = as_hanh.get(f"/ho-so/{case.code}/{page}")
    assert "Danh tính của người này đã được xóa vĩnh viễn ngày 09/11/2017" in words(shown)
    assert 'class="form"' not in shown.content.decode()


@pytest.mark.parametrize("page", ["ai-da-xem/", "nhu-cau/", "bao-ve/", "ve-nha/"])
def test_each_tab_of_an_erased_case_says_so(ended, erased, as_hanh, page):
    case = ended()
    erased(case)
    assert "Danh tính đã xóa 09/11/2017" in words(as_hanh.get(f"/ho-so/{case.code}/{page}"))


def test_of_an_erased_case_no_support_is_offered_to_be_taken_back(cast, erased, hanh, as_hanh):
    case = cast.assessed(identity=WHO, **ADULT)
    need = Need.objects.of(case).get(kind="food")
    needs.provide(by=hanh, need=need, outcome="given", on=TODAY)
    case = again(closing.close(by=hanh, case=case, on=TODAY, closing="left"))
    assert "/rut/" in as_hanh.open("needs:overview", case.code).content.decode()
    erased(case)
    assert "/rut/" not in as_hanh.open("needs:overview", case.code).content.decode()


def test_nobody_is_received_again_under_an_erased_identity(cast, ended, erased, lan):
    case = ended()
    erased(case)
    sent = {"channel": "self", "came_on": "09/11/2017", "area_code": case.area_code}
    page = cast.browser("lan").post(f"/ho-so/{case.code}/tro-lai/", sent)
    assert page.status_code == 422 and "đã được xóa vĩnh viễn" in words(page)
    assert Case.objects.unscoped(reason="tests").filter(person=case.person_id).count() == 1
