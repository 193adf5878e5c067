"""The only channel: what is written, opened, corrected and erased, and the trace each leaves."""

import pytest
from django.core.exceptions import PermissionDenied

from benan.audit.models import Event
from benan.cases.actions import identities, receptions
from benan.core.refusals import Refused
from benan.vault import access
from benan.vault.events import VaultEvent
from benan.vault.models import Person, Sealed, Token
from benan.vault.tracing import ComparedIdentity

HOA = {"full_name": "Nguyễn Thị Hoà", "birth": "1995", "phone": "0912345678", "own_words": "Em bị lừa."}


@pytest.fixture
def case(notified):
    """Somebody who said who they are, now with Hạnh."""
    return notified(identity=HOA)


def opened(by, case, *fields, **more):
    """What the officer sees, as {field: words}."""
    rows = identities.open_identity(by=by, case=case, purpose="support", fields=fields, **more)
    return {row.field: row.text for row in rows}


def test_what_somebody_said_opens_for_those_who_may_and_only_what_was_asked(case, hanh):
    assert opened(hanh, case, "full_name", "phone") == {"full_name": "Nguyễn Thị Hoà", "phone": "0912345678"}


def test_an_opening_is_on_the_trail_with_who_whom_why_and_which(case, hanh):
    opened(hanh, case, "phone", "full_name")
    row = Event.objects.last()
    assert (row.by, row.event, row.subject) == ("hanh", VaultEvent.IDENTITY_OPENED, f"case:{case.code}")
    assert row.data == {"purpose": "support", "fields": ["full_name", "phone"]}


def test_the_trail_of_a_person_holds_not_one_word_of_theirs(case, hanh):
    opened(hanh, case, *HOA)
    told = str(list(Event.objects.values_list("by", "event", "subject", "data")))
    assert not [words for words in HOA.values() if words in told]


@pytest.mark.parametrize("name", ["thu", "phuong", "truong_phong", "bao", "son", "vy", "quang", "quyen"])
def test_who_may_not_open_identities_does_not(cast, case, name):
    with pytest.raises(PermissionDenied):
        opened(cast.officer(name), case, "full_name")


@pytest.mark.parametrize(
    ("purpose", "fields", "sentence"),
    [("", ["phone"], "Chọn mục đích"), ("tò mò", ["phone"], "Chọn mục đích"), ("support", [], "Chọn ít nhất một mục")],
)
def test_an_opening_states_a_purpose_and_what_it_needs(case, hanh, purpose, fields, sentence):
    with pytest.raises(Refused, match=sentence):
        identities.open_identity(by=hanh, case=case, purpose=purpose, fields=fields)


def test_a_correction_keeps_the_old_value_for_those_who_may_correct(case, hanh, lan):
    receptions.record_identity_and_facts(by=lan, case=case, values={"full_name": "Trần Thị Nụ"})
    assert opened(hanh, case, "full_name") == {"full_name": "Trần Thị Nụ"}
    values = identities.open_identity(by=hanh, case=case, purpose="correct", fields=["full_name"], old=True)
    assert [(value.text, bool(value.replaced_at)) for value in values] == [
        ("Nguyễn Thị Hoà", True),
        ("Trần Thị Nụ", False),
    ]
    with pytest.raises(PermissionDenied):
        opened(lan, case, "full_name", old=True)


def test_old_values_that_were_opened_are_told_apart_on_the_trail(case, hanh):
    opened(hanh, case, "full_name", old=True)
    assert Event.objects.last().event == VaultEvent.OLD_VALUE_OPENED


def test_writing_the_same_again_changes_nothing(case, lan):
    before = Sealed.objects.count()
    receptions.record_identity_and_facts(by=lan, case=case, values={"full_name": " Nguyễn Thị Hoà "})
    assert Sealed.objects.count() == before


def test_what_somebody_takes_back_is_closed_and_no_longer_found(case, lan, hanh):
    receptions.record_identity_and_facts(by=lan, case=case, values={"phone": ""})
    assert opened(hanh, case, "phone") == {}
    assert access.match(facts=ComparedIdentity(phone="0912345678")) == []


def test_notes_open_only_with_the_key_of_their_person(cast, case, received, hanh):
    note = access.seal_note(person_id=case.person_id, words="nghi có người theo")
    assert access.reveal_notes(by=hanh, person_id=case.person_id, on=case, purpose="safety", notes={1: note}) == {
        1: "nghi có người theo"
    }
    with pytest.raises(ValueError, match="another person"):
        access.reveal_notes(by=hanh, person_id=received().person_id, on=case, purpose="safety", notes={1: note})


def test_no_words_make_no_note(case):
    assert access.seal_note(person_id=case.person_id, words=" \n ") is None


def test_erasure_destroys_key_index_and_values_and_stays_on_the_trail(case, hanh):
    access.erase(by=hanh, person_id=case.person_id)
    person = Person.objects.unscoped(reason="tests").get(pk=case.person_id)
    assert person.wrapped_key is None and person.erased_at
    assert not Token.objects.filter(person=person).exists() and not Sealed.objects.filter(person=person).exists()
    assert (Event.objects.last().event, Event.objects.last().subject) == (
        VaultEvent.IDENTITY_ERASED,
        f"person:{person.pk}",
    )


def test_after_erasure_nothing_opens_nothing_is_written_and_nobody_is_found(case, hanh, lan):
    access.erase(by=hanh, person_id=case.person_id)
    with pytest.raises(Refused, match="đã được xóa vĩnh viễn"):
        opened(hanh, case, "full_name")
    with pytest.raises(Refused, match="đã được xóa vĩnh viễn"):
        receptions.record_identity_and_facts(by=lan, case=case, values={"full_name": "Nguyễn Thị Hoà"})
    assert access.match(facts=ComparedIdentity(phone="0912345678")) == []


def test_the_page_of_a_case_still_opens_after_erasure(case, hanh, as_hanh):
    access.erase(by=hanh, person_id=case.person_id)
    assert as_hanh.open("cases:case", case.code).status_code == 200
