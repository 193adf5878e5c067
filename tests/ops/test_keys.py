"""A web server does not start with a key that is kept badly."""

import pytest

from ops import Unready, keys

KEY = "bWF0IGtoYXUgY3VhIHBoZXAgdGh1LCBraG9uZyBwaGFpIHRoYXQ="


@pytest.fixture
def key(folder):
    """A key beside a data folder."""
    (folder / "data").mkdir()
    path = folder / "vault.key"
    path.write_text(KEY)
    path.chmod(0o600)
    return path


def test_a_key_that_is_kept_well_is_handed_over(folder, key):
    assert keys.read(folder / "data", {"KEY_FILE": str(key)}) == KEY


def test_the_noted_place_is_looked_at_where_none_is_named(folder, key):
    (folder / "data" / keys.NOTE).write_text(f"{key}\n")
    assert keys.read(folder / "data", {}) == KEY


def test_without_a_key_there_is_nothing_to_hand_over(folder):
    assert keys.read(folder, {}) is None and keys.read(folder, {"KEY_FILE": str(folder / "none")}) is None


def test_a_key_that_others_may_read_stops_the_start_with_the_way_out(folder, key):
    key.chmod(0o604)
    with pytest.raises(Unready, match=f"chmod 600 {key}"):
        keys.read(folder / "data", {"KEY_FILE": str(key)})


def test_a_key_in_the_data_folder_stops_the_start(folder, key):
    with pytest.raises(Unready, match="nằm trong thư mục dữ liệu"):
        keys.read(folder / "data", {"KEY_FILE": str(key.rename(folder / "data/vault.key"))})
