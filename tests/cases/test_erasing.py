"""Who somebody is, erased for good by two people: nothing of them is left in a copy taken afterwards, and counts stay."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from benan.audit.models import Event
from benan.cases.models import Due, File, Step
from benan.core import sealing
from benan.reports import measures
from benan.reports.figures import question
from benan.support.actions import homeward
from benan.support.models import Need
from benan.vault.models import Person, Sealed, Token
from tests.cast import ADULT, CHILD, TODAY, again, seen, words

WHO = {"full_name": "Trịnh Thị Ngân Hoa", "birth": "1995", "phone": "0912345678", "stay": "Nhà trọ Hoa Mai"}
ASK, DECIDE = "/ho-so/{}/xoa-danh-tinh/", "/ho-so/{}/xoa-danh-tinh/quyet-dinh/"


@pytest.fixture
def ended(cast):
    """Call for a file with words of every kind, found to be a victim's, and ended."""

    def make(**more):
        file = cast.victim(cast.assessed(**{"identity": WHO, **ADULT, **more}))
        return again(homeward.close(by=cast.officer("hanh"), file=file, on=TODAY, closing="left", words="đi rồi"))

    return make


@pytest.fixture
def erased(cast):
    """Call to have a file's identity asked to be erased by Hạnh and agreed to by the head."""

    def erase(file):
        asked = cast.browser("hanh").post(ASK.format(file.code), {"reason": "asked", "seen": seen(file.code)})
        decided = cast.browser("truong_phong").post(
            DECIDE.format(file.code), {"agreed": "yes", "seen": seen(file.code)}
        )
        return [asked.status_code, decided.status_code]

    return erase


def dumped():
    """Everything in every table, as its owner would read it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        held = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
            held += [row for (row,) in cursor.fetchall()]
    return "\n".join(held)


def counted(file):
    """Figures, clocks, rights and history as they stand."""
    year = question(dt.date(2017, 1, 1), dt.date(2017, 12, 31))
    return (
        [repr(figure.total) for figure in measures.figures(year)],
        sorted(
            map(str, Due.objects.filter(file=file).values_list("limit", "started_on", "due_on", "met_on", "ended_on"))
        ),
        sorted(map(str, Need.objects.of(file).values_list("kind", "granted", "citation"))),
        [row for row in Step.objects.filter(file=file).order_by("pk").values_list("key", "on") if "eras" not in row[0]],
    )


def key_of(file):
    return bytes(Person.objects.unscoped(reason="tests").get(pk=file.person_id).wrapped_key)


def test_a_copy_taken_afterwards_holds_neither_words_nor_key_nor_index_of_them(cast, ended, erased):
    file = ended()
    key = key_of(file)
    tokens = [bytes(token.value).hex() for token in Token.objects.filter(person=file.person_id)]
    sealed = [bytes(row.value).hex() for row in Sealed.objects.filter(person=file.person_id)]
    assert tokens and sealed
    erased(file)
    held = dumped()
    assert [each for each in [key.hex(), *tokens, *sealed, *WHO.values()] if each in held and each != "1995"] == []


def test_counts_limits_rights_and_history_stay_as_they_were(ended, erased):
    file = ended()
    before, trail = counted(file), list(Event.objects.order_by("seq").values_list("hash", flat=True))
    assert erased(file) == [302, 302]
    assert counted(file) == before
    assert list(Event.objects.order_by("seq").values_list("hash", flat=True))[: len(trail)] == trail


def test_of_a_child_rights_stay_answered_as_they_were(ended, erased):
    file = ended(**CHILD, identity=WHO)
    before = counted(file)
    assert erased(file) == [302, 302]
    assert counted(file) == before


def test_notes_that_stay_are_noise(ended, erased):
    file = ended()
    notes = [bytes(note) for note in file.steps.exclude(note=None).values_list("note", flat=True)]
    assert notes
    key = sealing.unwrap(key_of(file))
    assert [sealing.unseal(key, note, "note") for note in notes]
    erased(file)
    assert Person.objects.unscoped(reason="tests").get(pk=file.person_id).wrapped_key is None


def test_the_page_says_on_which_day_and_offers_nothing_that_needs_who_they_were(cast, ended, erased, as_hanh):
    file = ended()
    erased(file)
    page = as_hanh.open("cases:file", file.code)
    said, source = words(page), page.content.decode()
    assert "Danh tính của người này đã được xóa vĩnh viễn ngày 09/11/2017" in said
    assert "Đã xóa vĩnh viễn danh tính" in said and "Đề nghị xóa vĩnh viễn danh tính" in said
    assert not [page for page in ("danh-tinh/", "tro-lai/", "mo-lai/", "ghi-them/") if f"{file.code}/{page}" in source]


def test_who_asks_does_not_decide(cast, ended, as_hanh):
    file = ended()
    assert as_hanh.post(ASK.format(file.code), {"reason": "error", "seen": seen(file.code)}).status_code == 302
    assert as_hanh.post(DECIDE.format(file.code), {"agreed": "yes", "seen": seen(file.code)}).status_code == 403
    assert key_of(file)


def test_one_person_with_both_rights_does_not_decide_on_their_own_request(cast, ended):
    file, head = ended(), cast.officer("truong_phong")
    file.erasures.create(reason="asked", asked_by=head, asked_on=TODAY)
    page = cast.browser("truong_phong").post(DECIDE.format(file.code), {"agreed": "yes", "seen": seen(file.code)})
    assert page.status_code == 422 and "không tự quyết định" in words(page) and key_of(file)
    with pytest.raises(IntegrityError, match="two_people_erase"), transaction.atomic():
        file.erasures.update(agreed=True, decided_by=head, decided_on=TODAY)


@pytest.mark.parametrize("name", ["lan", "dung", "hung", "thu", "hoa"])
def test_nobody_else_asks_or_decides(cast, ended, name):
    file, browser, _head = ended(), cast.browser(name), cast.officer("truong_phong")
    answers = [
        browser.post(where.format(file.code), {"reason": "asked", "agreed": "yes"}).status_code
        for where in (ASK, DECIDE)
    ]
    assert set(answers) <= {403, 404} and key_of(file)


def test_where_the_office_has_no_head_the_department_decides(cast, ended):
    file = ended()
    cast.browser("hanh").post(ASK.format(file.code), {"reason": "asked", "seen": seen(file.code)})
    page = cast.browser("thu").post(DECIDE.format(file.code), {"agreed": "yes", "seen": seen(file.code)})
    assert page.status_code == 302 and again(file).steps.filter(key="identity_erased").exists()


def test_an_open_file_is_not_erased_and_the_sentence_says_how(cast, as_hanh):
    page = as_hanh.post(ASK.format(cast.assessed().code), {"reason": "error"})
    assert page.status_code == 422 and "Kết thúc hồ sơ trước" in words(page)


def test_a_person_received_again_meanwhile_is_not_erased(cast, ended, as_lan, hanh):
    file = ended()
    cast.browser("hanh").post(ASK.format(file.code), {"reason": "asked", "seen": seen(file.code)})
    sent = {"door": "self", "came_on": "09/11/2017", "area_code": file.area_code}
    assert as_lan.post(f"/ho-so/{file.code}/tro-lai/", sent).status_code == 302
    page = cast.browser("truong_phong").post(DECIDE.format(file.code), {"agreed": "yes", "seen": seen(file.code)})
    assert page.status_code == 422 and "còn hồ sơ đang mở" in words(page) and key_of(file)


def test_the_file_joined_with_it_is_erased_too(cast, ended, erased, hanh):
    other = cast.notified(cast.received(identity={"full_name": "Trịnh Ngân"}))
    file = cast.notified(cast.received(identity=WHO))
    cast.browser("hanh").send("cases:join", file.code, code=other.code)
    homeward.close(by=hanh, file=again(file), on=TODAY, closing="left")
    assert erased(again(other)) == [302, 302] or erased(again(file)) == [302, 302]
    keys = Person.objects.unscoped(reason="tests").filter(pk__in=[file.person_id, other.person_id])
    assert set(keys.values_list("wrapped_key", flat=True)) == {None}


def test_a_request_that_is_declined_leaves_everything(cast, ended):
    file = ended()
    cast.browser("hanh").post(ASK.format(file.code), {"reason": "asked", "seen": seen(file.code)})
    cast.browser("truong_phong").post(DECIDE.format(file.code), {"agreed": "no", "seen": seen(file.code)})
    assert key_of(file) and again(file).steps.filter(key="erasure_declined").exists()


def test_nobody_is_received_again_under_an_erased_identity(cast, ended, erased, lan):
    file = ended()
    erased(file)
    sent = {"door": "self", "came_on": "09/11/2017", "area_code": file.area_code}
    page = cast.browser("lan").post(f"/ho-so/{file.code}/tro-lai/", sent)
    assert page.status_code == 422 and "đã được xóa vĩnh viễn" in words(page)
    assert File.objects.unscoped(reason="tests").filter(person=file.person_id).count() == 1
