"""The key is changed while the program goes on; stopped in the middle, both keys open; in the end the old one opens nothing."""

import io

import pytest
from django.core.management import CommandError, call_command

from benan.audit.models import Event
from benan.core import key_change, sealing
from benan.core.refusals import Refused
from benan.vault import access, rotation
from benan.vault.events import VaultEvent
from benan.vault.models import Person, Token
from benan.vault.tracing import ComparedIdentity
from tests.cast import words

NAMES = ("Trịnh Thị Nụ", "Đỗ Thị Hồng Gấm", "Lò Thị Sương")
PHONES = ("0912345678", "0987654321", "0388123456")


@pytest.fixture
def files(town, settings):
    """Three people who said their names; the key is where `init_key` noted it."""
    settings.DATA_DIR.mkdir()
    (settings.DATA_DIR / "key.path").write_text(settings.KEY_FILE)
    settings.OLD, settings.KEY_FILE = settings.KEY_FILE, ""
    return [
        town.received(identity={"full_name": name, "phone": phone}) for name, phone in zip(NAMES, PHONES, strict=True)
    ]


@pytest.fixture
def new(tmp_path):
    """Where the new key is to be."""
    return tmp_path / "new.key"


@pytest.fixture
def half_done(files, new):
    """The change began, and one of three people is under the new key."""
    sealing.create_key(new)
    key_change.begin(sealing.held_key(), sealing.read_key(new))
    assert rotation.seal_again(by=None, most=1).changed == 1


def change(path):
    """Run the command; gives what it printed."""
    out = io.StringIO()
    call_command("rotate_keys", str(path), known_after=0, stdout=out)
    return out.getvalue()


def opened(town, file):
    """What an officer reads who opens the name on the file's page."""
    return words(town.browser("lan").send("cases:reveal", file.code, purpose="support", fields_wanted=["full_name"]))


def found():
    """Who is found by each number."""
    return [[match.person_id for match in access.match(facts=ComparedIdentity(phone=phone))] for phone in PHONES]


def wrapped():
    """The stored data keys."""
    return {bytes(key) for key in Person.objects.unscoped(reason="tests").values_list("wrapped_key", flat=True)}


def test_after_the_change_everything_is_under_the_new_key_and_opens(town, files, new, settings):
    before, tokens = wrapped(), set(map(bytes, Token.objects.values_list("value", flat=True)))
    assert "Xong." in change(new)
    assert not before & wrapped()
    assert not tokens & set(map(bytes, Token.objects.values_list("value", flat=True)))
    assert all(name in opened(town, file) for name, file in zip(NAMES, files, strict=True))
    assert (settings.DATA_DIR / "key.path").read_text().strip() == str(new)


def test_after_the_change_the_old_key_opens_and_seals_nothing(town, files, new, settings):
    change(new)
    settings.KEY_FILE = settings.OLD
    with pytest.raises(Refused, match="Khóa mã hóa đã đổi"):
        sealing.unwrap(next(iter(wrapped())))
    with pytest.raises(Refused, match="Khóa mã hóa đã đổi"):
        access.enrol()


@pytest.mark.parametrize("held", ["old", "new"])
def test_stopped_in_the_middle_whoever_holds_either_key_opens_and_finds_everybody(
    town, files, new, half_done, settings, held
):
    settings.KEY_FILE = settings.OLD if held == "old" else str(new)
    assert found() == [[file.person_id] for file in files]
    assert all(name in opened(town, file) for name, file in zip(NAMES, files, strict=True))


@pytest.mark.parametrize("held", ["old", "new"])
def test_stopped_in_the_middle_a_new_person_is_already_under_the_new_key(town, files, new, half_done, settings, held):
    settings.KEY_FILE = settings.OLD if held == "old" else str(new)
    person = access.enrol()
    assert rotation.seal_again(by=None, most=200).changed == 2
    assert bytes(person.wrapped_key) in wrapped()


def test_it_is_taken_up_again_and_ended(town, files, new, half_done):
    said = change(new)
    assert "Tiếp tục lần đổi khóa chưa xong." in said and "Xong." in said
    assert all(name in opened(town, file) for name, file in zip(NAMES, files, strict=True))
    assert not key_change.under_way()


def test_while_one_change_is_under_way_no_other_begins(files, half_done, tmp_path):
    with pytest.raises(CommandError, match="Việc đổi sang một khóa khác chưa xong"):
        change(tmp_path / "third.key")


def test_a_second_change_follows_a_first(town, files, new, tmp_path):
    change(new)
    assert "Xong." in change(tmp_path / "third.key")
    assert NAMES[0] in opened(town, files[0])


def test_the_key_in_use_is_not_changed_into_itself(files, settings):
    with pytest.raises(CommandError, match="đang dùng"):
        change(settings.OLD)


@pytest.mark.parametrize("content", ["", "không phải khóa", "AAAA"])
def test_a_file_that_is_no_key_is_refused(files, new, content):
    new.write_text(content)
    with pytest.raises(CommandError, match="không phải là một tệp khóa"):
        change(new)


def test_a_key_inside_the_data_folder_is_refused(files, settings):
    with pytest.raises(CommandError, match="thư mục dữ liệu"):
        change(settings.DATA_DIR / "new.key")


def test_the_trail_says_when_it_began_and_ended(files, new):
    change(new)
    events = Event.objects.filter(event__startswith="key_change").order_by("seq").values_list("event", flat=True)
    assert list(events) == [VaultEvent.KEY_CHANGE_BEGUN, VaultEvent.KEY_CHANGED]


def test_a_copy_of_the_database_made_meanwhile_gives_neither_key_away(files, new, half_done, settings):
    row = key_change.KeyChange.objects.get()
    held = {sealing.read_key(new), sealing.held_key()}
    assert not held & {bytes(row.new_key), bytes(row.old_key)} and all(key.hex() not in row.current for key in held)
