"""A change of the installation's key reaches the keys of stored files, and opens none of their content."""

import io

import pytest
from django.core.management import call_command

from benan.core import key_change, sealing
from benan.core.refusals import Refused
from benan.documents import queries, rotation
from benan.documents.actions import files
from benan.documents.models import FileContent
from tests.cast import agency_of
from tests.documents import evil


@pytest.fixture
def stored(town, settings, tmp_path):
    """Two stored files; the key is where `init_key` noted it, and the new one is to be at settings.NEW."""
    settings.DATA_DIR.mkdir()
    (settings.DATA_DIR / "key.path").write_text(settings.KEY_FILE)
    settings.OLD, settings.KEY_FILE, settings.NEW = settings.KEY_FILE, "", tmp_path / "new.key"
    hanh, office = town.officer("hanh"), agency_of("labour-737")
    made = (("a.jpg", evil.picture()), ("a.pdf", evil.pdf()))
    return [files.store(by=hanh, agency=office, upload=evil.upload(*each)) for each in made]


def kept():
    """(wrapped keys, sealed contents) as they are stored."""
    rows = FileContent.objects.order_by("pk").values_list("wrapped_key", "sealed")
    keys, contents = zip(*((bytes(key), bytes(content)) for key, content in rows), strict=True)
    return set(keys), contents


def test_after_the_change_files_open_with_the_new_key_alone(stored, settings):
    before, (keys, contents) = [queries.content(each) for each in stored], kept()
    call_command("rotate_keys", str(settings.NEW), known_after=0, stdout=io.StringIO())
    assert not keys & kept()[0] and kept()[1] == contents
    assert [queries.content(each) for each in stored] == before
    settings.KEY_FILE = settings.OLD
    with pytest.raises(Refused, match="Khóa mã hóa đã đổi"):
        queries.content(stored[0])


def test_stopped_in_the_middle_it_goes_on_where_it_was(stored, settings):
    sealing.create_key(settings.NEW)
    key_change.begin(sealing.held_key(), sealing.read_key(settings.NEW))
    first = rotation.seal_again(by=None, most=1)
    assert (first.last_id, first.changed) == (stored[0].pk, 1)
    assert all(queries.content(each) for each in stored)
    assert rotation.seal_again(by=None, after=first.last_id).changed == 1
    again = rotation.seal_again(by=None)
    assert (again.people, again.changed, again.unreadable) == (2, 0, 0)
    assert rotation.seal_again(by=None, after=again.last_id) is None
