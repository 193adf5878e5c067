"""What a file is, and a copy of it without what tells who made it, where and with what, and without what runs.

The ending of its name, its first bytes and a parser have to agree. Nothing of what was sent is kept but the copy.
"""

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from benan.core.refusals import Refused
from benan.core.text import clean as clean_text
from benan.documents.cleaning import office, pdf, pictures
from benan.documents.kinds import FileKind
from benan.documents.sizes import in_words

_CLEANERS = {
    FileKind.JPEG: pictures.jpeg,
    FileKind.PNG: pictures.png,
    FileKind.PDF: pdf.clean,
    FileKind.DOCX: office.docx,
    FileKind.XLSX: office.xlsx,
}
# A picture without loss may grow when it is written anew; what is sent back has to pass the front (`response_buffers`).
_GROWN = 3 / 2


def kind_and_copy(upload: UploadedFile, content: bytes) -> tuple[FileKind, bytes]:
    """The kind of a file that was sent, and its clean copy. Raises Refused, with the file's name in the sentence."""
    name = shown_name(upload)
    try:
        if (upload.size or 0) > settings.LARGEST_FILE:
            raise Refused(_("tệp lớn %(size)s, chương trình nhận tệp nhiều nhất %(most)s.") % _sizes(upload.size or 0))
        if not content:
            raise Refused(_("tệp rỗng."))
        kind = _kind(upload.name or "", content)
        copy = _CLEANERS[kind](content)
        if len(copy) > settings.LARGEST_FILE * _GROWN:
            raise Refused(_("tệp lớn %(size)s, chương trình nhận tệp nhiều nhất %(most)s.") % _sizes(len(copy)))
    except Refused as refused:
        raise Refused(_("Tệp “%(name)s” chưa lưu được: %(why)s") % {"name": name, "why": refused}) from None
    return kind, copy


def shown_name(upload: UploadedFile) -> str:
    """The name that the sender gave a file, for a sentence to the sender; it is kept nowhere."""
    name = clean_text(upload.name or "")
    return name if len(name) <= 60 else f"{name[:45]}…{name[-12:]}"


def _kind(name: str, content: bytes) -> FileKind:
    ending = name.rpartition(".")[2].lower()
    found = next((kind for kind in FileKind if ending in kind.endings), None)
    if found is None:
        raise Refused(_("loại tệp này không nhận. Chương trình nhận ảnh JPEG, PNG và tệp PDF, DOCX, XLSX."))
    try:
        seen = {each.extension.removeprefix(".") for each in puremagic.magic_string(content)}
    except puremagic.PureError:
        seen = set()
    if not seen.intersection(found.endings):
        raise Refused(_("nội dung không phải là %(kind)s như tên tệp ghi.") % {"kind": found.label})
    return found


def _sizes(size: int) -> dict[str, str]:
    return {"size": in_words(size), "most": in_words(settings.LARGEST_FILE)}
