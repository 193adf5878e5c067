"""The only door: what is written, opened, corrected and erased, and the trace each leaves."""

import pytest
from django.core.exceptions import PermissionDenied

from benan.audit.events import Event as Kind
from benan.audit.models import Event
from benan.cases.actions import identities, receptions
from benan.core.refusals import Refused
from benan.vault import access
from benan.vault.models import Person, Sealed, Token
from benan.vault.tracing import Facts

HOA = {"full_name": "Nguyễn Thị Hoà", "birth": "1995", "phone": "0912345678", "own_words": "Em bị lừa."}


@pytest.fixture
def file(notified):
    """Somebody who said who they are, now with Hạnh."""
    return notified(identity=HOA)


def opened(by, file, *fields, **more):
    """What the officer sees, as {field: words}."""
    rows = identities.open_identity(by=by, file=file, purpose="support", fields=fields, **more)
    return {row.field: row.text for row in rows}


def test_what_somebody_said_opens_for_those_who_may_and_only_what_was_asked(file, hanh):
    assert opened(hanh, file, "full_name", "phone") == {"full_name": "Nguyễn Thị Hoà", "phone": "0912345678"}


def test_an_opening_is_on_the_trail_with_who_whom_why_and_which(file, hanh):
    opened(hanh, file, "phone", "full_name")
    row = Event.objects.last()
    assert (row.by, row.event, row.subject) == ("hanh", Kind.IDENTITY_OPENED, f"file:{file.code}")
    assert row.data == {"purpose": "support", "fields": ["full_name", "phone"]}


def test_the_trail_of_a_person_holds_not_one_word_of_theirs(file, hanh):
    opened(hanh, file, *HOA)
    told = str(list(Event.objects.values_list("by", "event", "subject", "data")))
    assert not [words for words in HOA.values() if words in told]


@pytest.mark.parametrize("name", ["thu", "phuong", "truong_phong", "bao", "son", "vy", "quang", "quyen"])
def test_who_may_not_open_identities_does_not(cast, file, name):
    with pytest.raises(PermissionDenied):
        opened(cast.officer(name), file, "full_name")


@pytest.mark.parametrize(
    ("purpose", "fields", "sentence"),
    [("", ["phone"], "Chọn mục đích"), ("tò mò", ["phone"], "Chọn mục đích"), ("support", [], "Chọn ít nhất một mục")],
)
def test_an_opening_states_a_purpose_and_what_it_needs(file, hanh, purpose, fields, sentence):
    with pytest.raises(Refused, match=sentence):
        identities.open_identity(by=hanh, file=file, purpose=purpose, fields=fields)


def test_a_correction_keeps_the_old_value_for_those_who_may_correct(file, hanh, lan):
    receptions.write_identity(by=lan, file=file, values={"full_name": "Trần Thị Nụ"})
    assert opened(hanh, file, "full_name") == {"full_name": "Trần Thị Nụ"}
    values = identities.open_identity(by=hanh, file=file, purpose="correct", fields=["full_name"], old=True)
    assert [(value.text, bool(value.replaced_at)) for value in values] == [
        ("Nguyễn Thị Hoà", True),
        ("Trần Thị Nụ", False),
    ]
    with pytest.raises(PermissionDenied):
        opened(lan, file, "full_name", old=True)


def test_old_values_that_were_opened_are_told_apart_on_the_trail(file, hanh):
    opened(hanh, file, "full_name", old=True)
    assert Event.objects.last().event == Kind.OLD_VALUE_OPENED


def test_writing_the_same_again_changes_nothing(file, lan):
    before = Sealed.objects.count()
    assert receptions.write_identity(by=lan, file=file, values={"full_name": " Nguyễn Thị Hoà "}) == []
    assert Sealed.objects.count() == before


def test_what_somebody_takes_back_is_closed_and_no_longer_found(file, lan, hanh):
    receptions.write_identity(by=lan, file=file, values={"phone": ""})
    assert opened(hanh, file, "phone") == {}
    assert access.match(facts=Facts(phone="0912345678")) == []


def test_notes_open_only_with_the_key_of_their_person(cast, file, received, hanh):
    note = access.seal_note(person_id=file.person_id, words="nghi có người theo")
    assert access.reveal_notes(by=hanh, person_id=file.person_id, on=file, purpose="safety", notes={1: note}) == {
        1: "nghi có người theo"
    }
    with pytest.raises(ValueError, match="another person"):
        access.reveal_notes(by=hanh, person_id=received().person_id, on=file, purpose="safety", notes={1: note})


def test_no_words_make_no_note(file):
    assert access.seal_note(person_id=file.person_id, words=" \n ") is None


def test_erasure_destroys_key_index_and_values_and_stays_on_the_trail(file, hanh):
    access.erase(by=hanh, person_id=file.person_id)
    person = Person.objects.unscoped(reason="tests").get(pk=file.person_id)
    assert person.wrapped_key is None and person.erased_at
    assert not Token.objects.filter(person=person).exists() and not Sealed.objects.filter(person=person).exists()
    assert (Event.objects.last().event, Event.objects.last().subject) == (Kind.IDENTITY_ERASED, f"person:{person.pk}")


def test_after_erasure_nothing_opens_nothing_is_written_and_nobody_is_found(file, hanh, lan):
    access.erase(by=hanh, person_id=file.person_id)
    with pytest.raises(Refused, match="đã được xóa vĩnh viễn"):
        opened(hanh, file, "full_name")
    with pytest.raises(Refused, match="đã được xóa vĩnh viễn"):
        receptions.write_identity(by=lan, file=file, values={"full_name": "Nguyễn Thị Hoà"})
    assert access.match(facts=Facts(phone="0912345678")) == []


def test_the_page_of_a_file_still_opens_after_erasure(file, hanh, as_hanh):
    access.erase(by=hanh, person_id=file.person_id)
    assert as_hanh.open("cases:file", file.code).status_code == 200
