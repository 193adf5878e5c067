"""The index of identities is made again where the rules of reading changed, in batches that are kept."""

import io

import pytest
from django.core.management import CommandError, call_command

from benan.audit.models import Event
from benan.core import sealing
from benan.vault import access
from benan.vault.events import VaultEvent
from benan.vault.models import Person, Sealed, Token
from benan.vault.tracing import ComparedIdentity

PHONES = ("0912345678", "0987654321", "0388123456")


@pytest.fixture
def people(demo, lan):
    """Three people whose index is that of an older version."""
    found = sorted(access.enrol().pk for _ in PHONES)
    for person, phone in zip(found, PHONES, strict=True):
        access.write(by=lan, person_id=person, values={"full_name": "Nguyễn Thị Hoà", "phone": phone})
    Token.objects.all().delete()
    Token.objects.bulk_create(
        Token(person_id=person, value=sealing.token("phone", phone))
        for person, phone in zip(found, PHONES, strict=True)
    )
    return found


def run():
    """What the command prints."""
    out = io.StringIO()
    call_command("index_identities", stdout=out)
    return out.getvalue()


def found(phone):
    """Who is found by a number."""
    return [match.person_id for match in access.match(facts=ComparedIdentity(phone=phone))]


def test_everybody_is_found_again_by_todays_rules(people):
    assert found("84912345678") == []
    assert "Đã xem 3 người, lập lại chỉ mục của 3 người." in run()
    assert [found(f"+84 {phone[1:]}") for phone in PHONES] == [[person] for person in people]
    assert not Token.objects.filter(value=sealing.token("phone", PHONES[0])).exists()


def test_who_was_indexed_as_spelled_is_found_as_heard_once_the_index_is_made_again(people, lan):
    access.write(by=lan, person_id=people[0], values={"full_name": "Trần Văn Than"})
    Token.objects.filter(person=people[0]).delete()
    for kind, value in (("name", "than tran van"), ("given_pair", "than van"), ("given_pair", "than tran")):
        Token.objects.create(person_id=people[0], value=sealing.token(kind, value))
    heard = ComparedIdentity(names=("Trần Văn Thang",))
    assert access.match(facts=heard) == []
    assert "Đã xem 3 người, lập lại chỉ mục của 3 người." in run()
    assert [match.person_id for match in access.match(facts=heard)] == [people[0]]


def test_what_an_older_version_sealed_without_padding_is_sealed_anew(people, lan):
    access.write(by=lan, person_id=people[0], values={"full_name": "Trần Thị Nụ"})
    person = Person.objects.unscoped(reason="tests").get(pk=people[0])
    rows, key = Sealed.objects.filter(person=person), sealing.unwrap(bytes(person.wrapped_key))
    for row in rows:
        words = sealing.unseal(key, row.value, row.field).encode()
        nonce = b"\0" * sealing.NONCE
        row.value = nonce + sealing.AESGCM(key).encrypt(nonce, words, row.field.encode())
        row.save(update_fields=["value"])
    run()
    assert rows.count() == 3 and all(sealing.is_padded(bytes(row.value)) for row in rows.all())
    opened = access.reveal(by=lan, person_id=people[0], on=person, purpose="correct", fields=["full_name"], old=True)
    assert [value.text for value in opened] == ["Nguyễn Thị Hoà", "Trần Thị Nụ"]


def test_it_can_be_stopped_and_run_again(people):
    first = access.index_again(by=None, most=2)
    assert (first.last_id, first.people, first.changed) == (people[1], 2, 2)
    assert "Đã xem 3 người, lập lại chỉ mục của 1 người." in run()
    assert "Đã xem 3 người, lập lại chỉ mục của 0 người." in run()


def test_each_batch_is_on_the_trail_without_a_word_of_anybody(people):
    said = run()
    row = Event.objects.get(event=VaultEvent.IDENTITIES_INDEXED)
    assert (row.by, row.data) == ("", {"people": 3, "changed": 3, "unreadable": 0})
    assert not [word for word in (*PHONES, "Nguyễn", "Hoà") if word in said + str(row.data)]


def test_who_was_erased_stays_out_of_the_index(people, lan):
    access.erase(by=lan, person_id=people[0])
    run()
    assert not Token.objects.filter(person=people[0]).exists()


def test_who_is_sealed_with_another_key_is_counted_and_left_as_they_were(people, lan):
    Person.objects.unscoped(reason="tests").filter(pk=people[0]).update(wrapped_key=b"\0" * 40)
    with pytest.raises(CommandError, match="1 người có danh tính được mã hóa bằng khóa khác"):
        run()
    assert Token.objects.filter(person=people[0], value=sealing.token("phone", PHONES[0])).exists()
    assert found(PHONES[1]) == [people[1]]


def test_without_a_key_it_says_so(demo, settings, tmp_path):
    settings.KEY_FILE = str(tmp_path / "none.key")
    with pytest.raises(CommandError, match="không có khóa mã hóa"):
        run()


def test_an_empty_installation_is_done_at_once(demo):
    assert run() == "Chưa có danh tính nào.\n"
