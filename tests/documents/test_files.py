"""Stored files: kept clean, sealed and once, read by those alone whom an app lets."""

import hashlib
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q
from django.urls import URLPattern, get_resolver, reverse

from benan.audit.models import Event
from benan.core.refusals import Refused
from benan.documents import queries
from benan.documents.actions import files
from benan.documents.models import FileContent, StoredFile
from benan.documents.readers import FILE_READERS
from benan.documents.uploads import SUFFIX
from tests.cast import agency_of, words
from tests.documents import evil

pytestmark = pytest.mark.django_db
OFFICE = "labour-737"


@pytest.fixture
def store(hanh):
    """Call with a name and content: the file that Hạnh stores for her office."""
    return lambda name="anh.jpg", content=None, **more: files.store(
        by=hanh, agency=agency_of(OFFICE), upload=evil.upload(name, content or evil.picture()), **more
    )


def everything():
    """All rows of files as the database has them."""
    with connection.cursor() as cursor:
        found = []
        for model in (StoredFile, FileContent, Event):
            cursor.execute(f"SELECT row_to_json(t)::text FROM {model._meta.db_table} t")
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def test_the_clean_copy_alone_is_kept_and_opens(store):
    sent = evil.picture()
    stored = store(content=sent)
    copy = queries.content(stored)
    assert copy.startswith(b"\xff\xd8\xff") and evil.PLAIN.encode() not in copy
    assert (stored.size, stored.copy_sum) == (len(copy), hashlib.sha256(copy).hexdigest())
    assert stored.sent_sum == hashlib.sha256(sent).hexdigest()


def test_neither_its_name_nor_its_content_stands_anywhere_in_clear(store):
    stored = store("ket luan Trinh Thi Nu.pdf", evil.pdf())
    kept = everything()
    assert "Trinh" not in kept and "ket luan" not in kept
    sealed = bytes(FileContent.objects.get(pk=stored.pk).sealed)
    assert b"%PDF" not in sealed and b"obj" not in sealed


def test_sealed_content_moved_to_another_file_does_not_open(store):
    first, second = store(), store("anh.png", evil.picture("PNG"))
    moved = FileContent.objects.get(pk=first.pk)
    FileContent.objects.filter(pk=second.pk).update(wrapped_key=moved.wrapped_key, sealed=moved.sealed)
    with pytest.raises(ValueError, match="another"):
        queries.content(second)


def test_the_same_file_sent_twice_is_stored_once_for_an_office(store, hanh, son):
    first = store("a.jpg")
    assert store("b.jpg") == first and FileContent.objects.count() == 1
    elsewhere = files.store(by=son, agency=agency_of("procuracy"), upload=evil.upload("a.jpg", evil.picture()))
    assert elsewhere != first


def test_several_are_stored_all_or_none(hanh, settings):
    good, bad = evil.upload("a.jpg", evil.picture()), evil.upload("b.pdf", b"%PDF-x")
    with pytest.raises(Refused, match="Tệp “b.pdf” chưa lưu được"):
        files.store_all(by=hanh, agency=agency_of(OFFICE), uploads=[good, bad])
    assert not StoredFile.objects.unscoped(reason="tests").exists()
    png = evil.upload("c.png", evil.picture("PNG"))
    both = files.store_all(by=hanh, agency=agency_of(OFFICE), uploads=[good, png, good])
    assert [each.kind for each in both] == ["jpeg", "png"]
    settings.MOST_FILES = 1
    with pytest.raises(Refused, match="Đã chọn 2 tệp, mỗi lần gửi nhiều nhất 1 tệp"):
        files.store_all(by=hanh, agency=agency_of(OFFICE), uploads=[good, png])
    settings.MOST_FILES, settings.LARGEST_FILES = 10, 10
    with pytest.raises(Refused, match="mỗi lần gửi nhiều nhất 1 KB"):
        files.store_all(by=hanh, agency=agency_of(OFFICE), uploads=[good, png])


def test_nobody_stores_for_an_office_where_they_do_not_sit(lan):
    with pytest.raises(PermissionDenied):
        files.store(by=lan, agency=agency_of(OFFICE), upload=evil.upload("a.jpg", evil.picture()))


def test_what_is_said_of_a_file_stays_short(store):
    with pytest.raises(Refused, match="dài hơn 120 ký tự") as refused:
        store(about="a" * 121)
    assert refused.value.field == "about"


# --- Who reads


def test_who_stored_a_file_downloads_it_and_the_look_is_on_the_trail(store, as_hanh):
    stored = store("Trinh Thi Nu.jpg", about="Buổi truyền thông")
    answer = as_hanh.open("documents:download", stored.key)
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")  # fmt: skip
    assert re.fullmatch(r'attachment; filename="anh-20171109-\d+\.jpg"', answer["Content-Disposition"])
    assert answer.content == queries.content(stored)
    look = Event.objects.get(event="file_opened")
    assert (look.by, look.subject) == ("hanh", f"file:{stored.pk}")


def test_to_others_it_does_not_exist(store, as_lan, as_truong_phong, as_thu):
    stored = store()
    for browser in (as_lan, as_truong_phong, as_thu):
        assert browser.open("documents:download", stored.key).status_code == 404
    assert as_lan.get(f"/tep/{'x' * 22}/").status_code == 404
    assert not Event.objects.filter(event="file_opened").exists()


def test_an_app_lets_others_read_and_rows_are_not_doubled(store, as_lan, lan, truong_phong, monkeypatch):
    first, second = store(), store("anh.png", evil.picture("PNG"))
    added = [*FILE_READERS, lambda user: Q(pk=first.pk), lambda user: Q(agency__memberships__isnull=False, pk=first.pk)]
    monkeypatch.setattr(FILE_READERS, "_items", added)
    assert list(StoredFile.objects.visible_to(lan)) == [first]
    assert as_lan.open("documents:download", first.key).status_code == 200
    assert as_lan.open("documents:download", second.key).status_code == 404


def test_who_left_the_office_reads_its_files_no_more(store, hanh, as_hanh):
    stored = store()
    hanh.memberships.update(agency=agency_of("labour-736"))
    assert as_hanh.open("documents:download", stored.key).status_code == 404


# --- Sent through a page


def views(resolver=None, before=""):
    """(address, view) of every page."""
    for each in (resolver or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield f"/{route}", each.callback
        else:
            yield from views(each, route)


def test_files_are_taken_exactly_where_the_front_lets_them_through():
    ends = {address for address, _view in views() if address.endswith(SUFFIX)}
    assert ends and ends == {address for address, view in views() if getattr(view, "takes_files", False)}


SENT = {
    "on": "09/11/2017",
    "notation": "BC-LĐTBXH",
    "kind": "report",
    "other_party": "Sở LĐ-TB&XH",
    "about": "Báo cáo năm",
}


def enter(browser, *attached, **more):
    """Send the form of an outgoing paper with files."""
    return browser.post(reverse("documents:outgoing"), {**SENT, **more, "scan": list(attached)})


def test_a_file_sent_with_a_form_is_stored(as_hanh):
    answer = enter(as_hanh, evil.upload("a.pdf", evil.pdf()))
    assert answer.status_code == 302 and StoredFile.objects.unscoped(reason="tests").get().kind == "pdf"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF-", "Tệp “a.pdf” chưa lưu được"),
        ("a.svg", b"<svg/>", "Chương trình nhận ảnh JPEG, PNG và tệp PDF, DOCX, XLSX"),
    ],
)
def test_a_bad_file_is_told_at_its_box_and_what_was_typed_stays(as_hanh, name, content, sentence):
    answer = enter(as_hanh, evil.upload(name, content))
    assert answer.status_code == 422 and sentence in answer.context["form"].errors["scan"][0]
    assert 'value="Sở LĐ-TB&amp;XH"' in answer.content.decode() and "Báo cáo năm" in words(answer)
    assert not StoredFile.objects.unscoped(reason="tests").exists()


def test_a_file_too_large_to_hold_is_told_with_its_size(as_hanh, settings):
    settings.LARGEST_FILE = 1_000_000
    answer = enter(as_hanh, evil.upload("a.pdf", b"%PDF-" + b"0" * 1_400_000))
    assert "Tệp “a.pdf” chưa lưu được: tệp lớn 1,4 MB" in answer.context["form"].errors["scan"][0]


def test_where_the_form_is_refused_for_another_reason_the_file_is_asked_for_again(as_hanh):
    for more in ({"on": "31/02/2017"}, {"about": ""}):
        answer = enter(as_hanh, evil.upload("a.pdf", evil.pdf()), **more)
        assert answer.status_code == 422
        assert "Trình duyệt không giữ tệp đã chọn (1 tệp)" in answer.context["form"].errors["scan"][0]
    assert not StoredFile.objects.unscoped(reason="tests").exists()


def test_more_files_than_a_box_takes_are_refused(as_hanh):
    answer = enter(as_hanh, evil.upload("a.pdf", evil.pdf()), evil.upload("b.pdf", evil.pdf(pages=2)))
    assert "Đã chọn 2 tệp, ô này nhận nhiều nhất 1 tệp" in answer.context["form"].errors["scan"][0]


def test_the_same_form_with_another_file_is_another_form(as_hanh):
    first = enter(as_hanh, evil.upload("a.pdf", evil.pdf()), once="m" * 24)
    again = enter(as_hanh, evil.upload("a.pdf", evil.pdf()), once="m" * 24)
    other = enter(as_hanh, evil.upload("a.pdf", evil.pdf(pages=2)), once="m" * 24)
    assert (first.status_code, again.status_code, other.status_code) == (302, 302, 422)
    assert StoredFile.objects.unscoped(reason="tests").count() == 1


def test_elsewhere_and_from_strangers_files_are_dropped_as_they_come(as_hanh, client, rf):
    answer = client.post(reverse("documents:outgoing"), {**SENT, "scan": evil.upload("a.pdf", evil.pdf())})
    assert answer.status_code == 403 and dict(answer.wsgi_request.FILES) == {}
    answer = as_hanh.post("/ho-so/tai-ve/", {"scan": evil.upload("a.pdf", evil.pdf())})
    assert dict(answer.wsgi_request.FILES) == {}
