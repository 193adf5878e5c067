"""Sealing binds a value to its person and its field; the key lies elsewhere."""

import io
import os

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from benan.cases.models import Case
from benan.core import sealing
from benan.core.refusals import Refused
from benan.vault import access
from benan.vault.models import Person, Sealed
from tests.cast import TODAY, words

MINE, ANOTHER = bytes(range(32)), bytes(reversed(range(32)))


@given(st.text())
def test_what_was_sealed_opens_as_it_was(text):
    text = text.encode("utf-8", "ignore").decode()
    assert sealing.unseal(MINE, sealing.seal(MINE, text, "full_name"), "full_name") == text


@pytest.mark.parametrize(("key", "field"), [(ANOTHER, "full_name"), (MINE, "phone")])
def test_a_value_moved_to_another_person_or_field_does_not_open(key, field):
    with pytest.raises(ValueError, match="another person or context"):
        sealing.unseal(key, sealing.seal(MINE, "Nguyễn Thị Hoà", "full_name"), field)


def test_a_value_changed_by_one_bit_does_not_open():
    sealed = bytearray(sealing.seal(MINE, "Nguyễn Thị Hoà", "full_name"))
    sealed[-1] ^= 1
    with pytest.raises(ValueError, match="another person or context"):
        sealing.unseal(MINE, bytes(sealed), "full_name")


def test_the_same_words_sealed_twice_look_different():
    assert sealing.seal(MINE, "Hoà", "full_name") != sealing.seal(MINE, "Hoà", "full_name")


def test_a_row_moved_to_another_person_by_sql_does_not_open(cast, received, lan):
    hoa = received(identity={"full_name": "Nguyễn Thị Hoà"})
    other = received(identity={"phone": "0912345678"})
    Sealed.objects.filter(person=hoa.person_id).update(person=other.person_id)
    with pytest.raises(ValueError, match="another person or context"):
        access.reveal(by=lan, person_id=other.person_id, on=other, purpose="contact", fields=["full_name"])


def test_with_another_key_nothing_opens_and_the_sentence_says_why(settings, received, lan, tmp_path):
    file = received(identity={"full_name": "Nguyễn Thị Hoà"})
    settings.KEY_FILE = str(tmp_path / "another.key")
    sealing.create_key(tmp_path / "another.key")
    with pytest.raises(Refused, match="không phải khóa đã mã hóa"):
        access.reveal(by=lan, person_id=file.person_id, on=file, purpose="contact", fields=["full_name"])


def test_on_the_page_another_key_is_a_sentence_not_a_breakdown(settings, received, as_lan, tmp_path):
    file = received(identity={"full_name": "Nguyễn Thị Hoà"})
    settings.KEY_FILE = str(tmp_path / "another.key")
    sealing.create_key(tmp_path / "another.key")
    page = as_lan.send("cases:reveal", file.code, purpose="contact", fields_wanted=["full_name"])
    assert page.status_code == 422 and "không phải khóa đã mã hóa" in words(page)


def test_people_are_not_sealed_with_one_key(received):
    first, second = (Person.objects.unscoped(reason="tests").get(pk=received().person_id) for _ in range(2))
    assert bytes(first.wrapped_key) != bytes(second.wrapped_key)
    assert sealing.unwrap(bytes(first.wrapped_key)) != sealing.unwrap(bytes(second.wrapped_key))


@pytest.fixture
def no_key(demo, settings):
    """An installation whose key was never made."""
    settings.KEY_FILE = ""


def test_without_a_key_nobody_is_received(no_key, lan):
    with pytest.raises(Refused, match="chưa có khóa mã hóa"):
        access.enrol()


def test_without_a_key_the_page_says_so_and_makes_no_file(no_key, as_lan):
    page = as_lan.send("cases:receive", channel="self", came_on=TODAY, area_code="26263")
    assert page.status_code == 422
    assert "Máy này chưa có khóa mã hóa danh tính. Người quản trị chạy lệnh init_key" in words(page)
    assert not Case.objects.unscoped(reason="tests").exists()


def test_without_a_key_every_page_says_so(no_key, as_lan):
    assert "chưa tiếp nhận được ai. Người quản trị chạy lệnh init_key." in words(as_lan.open("cases:list"))


def init_key(*path):
    """What the command said."""
    out = io.StringIO()
    call_command("init_key", *map(str, path), stdout=out)
    return out.getvalue()


def test_a_key_is_made_where_the_administrator_says_readable_by_its_owner_alone(no_key, tmp_path):
    assert "Đã tạo khóa" in init_key(tmp_path / "usb.key")
    assert (tmp_path / "usb.key").stat().st_mode & 0o777 == 0o600
    assert sealing.has_key() and access.enrol().wrapped_key


@pytest.mark.parametrize("inside", ["vault.key", "deep/vault.key", "../data/vault.key"])
def test_a_key_is_refused_in_the_data_folder(no_key, settings, inside):
    settings.DATA_DIR.mkdir()
    with pytest.raises(CommandError, match="không được nằm trong thư mục dữ liệu"):
        init_key(settings.DATA_DIR / inside)
    assert not sealing.has_key()


def test_a_link_that_leads_into_the_data_folder_is_refused_as_well(no_key, settings, tmp_path):
    settings.DATA_DIR.mkdir()
    (tmp_path / "usb").symlink_to(settings.DATA_DIR)
    with pytest.raises(CommandError, match="không được nằm trong thư mục dữ liệu"):
        init_key(tmp_path / "usb/vault.key")


def test_an_existing_key_is_never_overwritten(no_key, tmp_path):
    init_key(tmp_path / "usb.key")
    before = (tmp_path / "usb.key").read_bytes()
    assert "đã có, giữ nguyên" in init_key(tmp_path / "usb.key")
    assert (tmp_path / "usb.key").read_bytes() == before


def test_a_second_key_elsewhere_is_refused(no_key, tmp_path):
    init_key(tmp_path / "usb.key")
    with pytest.raises(CommandError, match="đã có khóa"):
        init_key(tmp_path / "other.key")


def test_a_place_that_cannot_be_written_is_named(no_key, tmp_path):
    with pytest.raises(CommandError, match="Không ghi được .*khong-co/usb.key"):
        init_key(tmp_path / "khong-co/usb.key")


def open_to_others(path, settings):
    path.chmod(0o640)
    return path


def in_the_data_folder(path, settings):
    settings.DATA_DIR.mkdir(exist_ok=True)
    return path.rename(settings.DATA_DIR / "vault.key")


def behind_a_link(path, settings):
    moved = in_the_data_folder(path, settings)
    path.symlink_to(moved)
    return path


def of_another_account(path, settings):
    os.chown(path, 12345, -1)
    return path


KEPT_BADLY = (
    (open_to_others, "cho phép tài khoản khác"),
    (in_the_data_folder, "nằm trong thư mục dữ liệu"),
    (behind_a_link, "nằm trong thư mục dữ liệu"),
    pytest.param(
        of_another_account, "của tài khoản khác", marks=pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
    ),
)


@pytest.mark.parametrize(("badly", "says"), KEPT_BADLY)
def test_a_key_that_is_kept_badly_seals_nobody_and_the_page_says_why(demo, settings, tmp_path, as_lan, badly, says):
    settings.KEY_FILE = str(badly(tmp_path / "vault.key", settings))
    page = as_lan.send("cases:receive", channel="self", came_on=TODAY, area_code="26263")
    assert (page.status_code, says in words(page)) == (422, True)
    assert not Case.objects.unscoped(reason="tests").exists()


@pytest.mark.parametrize(("badly", "says"), KEPT_BADLY)
def test_the_command_refuses_a_key_that_is_kept_badly(demo, settings, tmp_path, badly, says):
    path = badly(tmp_path / "vault.key", settings)
    settings.KEY_FILE = ""
    with pytest.raises(CommandError, match=says):
        init_key(path)


@pytest.fixture
def home(no_key, tmp_path, monkeypatch):
    """Settings of the account that starts the program, empty."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    return tmp_path / "home/ben-an"


def test_where_nobody_chose_a_place_the_key_lies_in_the_accounts_own_settings(home, settings):
    said = init_key()
    (made,) = home.iterdir()
    assert (made.stat().st_mode & 0o777, home.stat().st_mode & 0o777) == (0o600, 0o700)
    assert f"ở {made}" in said and "Sao thêm một bản" in said and sealing.key_path() == made
    assert "đã có, giữ nguyên" in init_key()


def test_no_second_key_is_made_beside_people_sealed_by_another(home, received, settings, tmp_path):
    settings.KEY_FILE = str(tmp_path / "vault.key")
    received(identity={"full_name": "Nguyễn Thị Hoà"})
    settings.KEY_FILE = ""
    with pytest.raises(CommandError, match="bằng một khóa mà máy này không có"):
        init_key()
    assert not home.exists()


def test_no_second_key_is_made_while_the_known_one_is_not_there(home):
    init_key()
    next(home.iterdir()).unlink()
    with pytest.raises(CommandError, match="Không thấy tệp khóa"):
        init_key()
