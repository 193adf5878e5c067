"""Storing files: cleaned, sealed, and never under the name that the sender gave them."""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from benan.accounts.models import User
from benan.agencies.models import Agency
from benan.audit import trail
from benan.core import sealing
from benan.core.refusals import Refused
from benan.core.text import clean
from benan.documents import cleaning, policy
from benan.documents.events import DocumentEvent
from benan.documents.models import PARTY, FileContent, StoredFile
from benan.documents.sizes import in_words


@transaction.atomic
def store(*, by: User, agency: Agency, upload: UploadedFile, about: str = "", field: str = "attachments") -> StoredFile:
    """Store the cleaned copy of a file for an office; the same file sent again is the one that is there.

    `about`: what the file shows, in a few words that name nobody. Raises PermissionDenied (403) where `by` does not sit
    there, and Refused at `field`, with the name of the file in the sentence.
    """
    policy.require_seat(by, agency)
    upload.seek(0)
    sent = upload.read()
    sum_sent, files = hashlib.sha256(sent).hexdigest(), StoredFile.objects.of_office(agency)
    if sent and (stored := files.filter(sent_sum=sum_sent).first()):
        return stored
    try:
        kind, copy = cleaning.kind_and_copy(upload, sent)
        about = _about(about)
    except Refused as refused:
        raise Refused(refused.message, field=refused.field or field) from None
    values = {"kind": kind, "about": about, "size": len(copy), "copy_sum": hashlib.sha256(copy).hexdigest(), "stored_by": by}  # fmt: skip
    stored, is_new = files.get_or_create(agency=agency, sent_sum=sum_sent, defaults=values)
    if is_new:
        _seal(stored, copy)
        trail.record(by=by, event=DocumentEvent.FILE_STORED, on=stored, data={"kind": kind.value, "size": len(copy)})
    return stored


@transaction.atomic
def store_all(
    *, by: User, agency: Agency, uploads: Iterable[UploadedFile], about: str = "", field: str = "attachments"
) -> list[StoredFile]:
    """Store several files, all or none; in the order sent, each once. Raises as `store`."""
    listed = list(uploads)
    if len(listed) > settings.MOST_FILES:
        raise Refused(
            _("Đã chọn %(n)s tệp, mỗi lần gửi nhiều nhất %(most)s tệp.")
            % {"n": len(listed), "most": settings.MOST_FILES},
            field=field,
        )
    whole = sum(each.size or 0 for each in listed)
    if whole > settings.LARGEST_FILES:
        raise Refused(
            _("Các tệp lớn tất cả %(size)s, mỗi lần gửi nhiều nhất %(most)s. Gửi làm nhiều lần.")
            % {"size": in_words(whole), "most": in_words(settings.LARGEST_FILES)},
            field=field,
        )
    stored = [store(by=by, agency=agency, upload=each, about=about, field=field) for each in listed]
    return list(dict.fromkeys(stored))


def _seal(stored: StoredFile, copy: bytes) -> None:
    key = sealing.new_data_key()
    content = FileContent(file=stored, wrapped_key=sealing.wrap(key))
    content.sealed = sealing.seal_bytes(key, copy, content.context)
    content.save(force_insert=True)


def _about(words: str) -> str:
    said = clean(words)
    if len(said) > PARTY:
        raise Refused(_("Nội dung tệp dài hơn %(most)s ký tự.") % {"most": PARTY}, field="about")
    return said
