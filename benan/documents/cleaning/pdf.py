"""PDF, written anew without what acts by itself, what is packed inside and what tells who made it."""

import io
from typing import Any

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import Name

from benan.core.refusals import Refused
from benan.documents.cleaning import pictures

MOST_PAGES = 500
# Bytes to which one stream may unpack while the structure is read; process-wide, so set once.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=100_000_000, run_length_max_memory=100_000_000, png_max_memory=100_000_000,
    tiff_max_memory=100_000_000, max_stream_filters=3,
)  # fmt: skip

# Of any dictionary of the file: acts by itself, files and data of programs inside, and what tells who made it.
_TAKEN_OUT = (
    "/OpenAction", "/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/XFA", "/RichMediaContent",
    "/Metadata", "/PieceInfo", "/LastModified", "/Collection",
)  # fmt: skip
# What cleans the data of a filter that is itself a format of pictures.
_PHOTOGRAPHS = {
    "/DCTDecode": pictures.without_metadata, "/DCT": pictures.without_metadata, "/JPXDecode": pictures.without_boxes,
}  # fmt: skip
_HARMLESS_ACTIONS = ("/GoTo", "/URI", "/Named")
_ANNOTATIONS_TAKEN_OUT = ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")


def clean(content: bytes) -> bytes:
    """The same pages, written anew. Raises Refused where it is encrypted, no PDF from its first byte, or too long."""
    if not content.startswith(b"%PDF-"):
        raise Refused(_("tệp không bắt đầu như một tệp PDF."))
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if document.is_encrypted:
                raise Refused(_encrypted())
            if len(document.pages) > MOST_PAGES:
                raise Refused(_("tệp có hơn %(most)s trang. Chia thành nhiều tệp.") % {"most": MOST_PAGES})
            if not len(document.pages):
                raise Refused(_("tệp PDF không có trang nào."))
            for page in document.pages:
                _take_out_annotations(page.obj)
            for each in document.objects:
                _take_out(each)
                if isinstance(each, pikepdf.Stream):
                    _clean_picture(document, each)
            if Name.Info in document.trailer:
                del document.trailer[Name.Info]
            written = io.BytesIO()
            document.save(written, deterministic_id=True, fix_metadata_version=False)
            return written.getvalue()
    except pikepdf.PasswordError:
        raise Refused(_encrypted()) from None
    except Refused:
        raise
    except Exception as error:  # what the parser says of what it cannot read has many types
        raise Refused(_("không đọc được tệp PDF. Tệp có thể đã hỏng.")) from error


def _take_out_annotations(page: Any) -> None:
    if Name.Annots in page:
        kept = [each for each in page.Annots if str(each.get(Name.Subtype, "")) not in _ANNOTATIONS_TAKEN_OUT]
        for each in kept:
            if Name.T in each and str(each.get(Name.Subtype, "")) != "/Widget":
                del each[Name.T]  # who wrote the remark
        page.Annots = pikepdf.Array(kept)


def _take_out(value: Any) -> None:
    """Take out of a dictionary, and of those that stand directly in it, what may not stay."""
    if isinstance(value, pikepdf.Array):
        for each in value:
            _descend(each)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for name in _TAKEN_OUT:
            if name in value:
                del value[name]
        for name in ("/A", "/Next"):
            if name in value and not _is_harmless(value[name]):
                del value[name]
        for key in list(value.keys()):
            _descend(value[key])


def _descend(value: Any) -> None:
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        _take_out(value)


def _clean_picture(document: pikepdf.Pdf, stream: Any) -> None:
    """Take out of a photograph on a page where and when it was taken, whatever it is packed in; its pixels stay as they are."""
    filters, settings = _listed(stream.get(Name.Filter)), _listed(stream.get(Name.DecodeParms))
    clean = _PHOTOGRAPHS.get(str(filters[-1]) if filters else "")
    if clean is None:
        if any(str(each) in _PHOTOGRAPHS for each in filters):
            raise ValueError("a photograph packed as something else")
        return
    sent = stream.read_raw_bytes()
    if outer := filters[:-1]:
        packed = pikepdf.Stream(document, sent)
        packed.write(sent, filter=pikepdf.Array(outer), decode_parms=pikepdf.Array(settings[:-1]) if settings else None)
        sent = packed.read_bytes()
    stream.write(clean(sent), filter=filters[-1], decode_parms=settings[-1] if settings else None)


def _listed(value: Any) -> list[Any]:
    """One filter or several, as a list."""
    return [] if value is None else list(value) if isinstance(value, pikepdf.Array) else [value]


def _is_harmless(action: Any) -> bool:
    """Whether an action only leads to a page or to an address; what is no action is left as it is."""
    return not isinstance(action, pikepdf.Dictionary) or str(action.get("/S", "")) in ("", *_HARMLESS_ACTIONS)


def _encrypted() -> str:
    return _("tệp PDF có mật khẩu hoặc bị khóa. Bỏ mật khẩu rồi gửi lại.")
