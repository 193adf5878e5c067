"""Pictures, written anew from their pixels: nothing else of the file that was sent is left."""

import io
import re
from collections.abc import Callable

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from benan.core.refusals import Refused

MOST_PIXELS = 50_000_000  # a telephone's largest photographs
_QUALITY = 88
_START, _START_OF_SCAN, _END = b"\xff\xd8", 0xDA, 0xD9  # markers of JPEG
_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)  # but those that stand in the pixels
# What stays of the segments in which programs write as they like (APP0 to APP15, comments): size, profile, kind of colours.
_TELLING = (*range(0xE0, 0xF0), 0xFE)
_NOT_TELLING = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_BOXES_TELLING = (b"xml ", b"uuid", b"uinf")  # of JPEG 2000
_TRANSPARENT = ("PNG", "GIF", "WEBP")
_MODES = {"JPEG": {"L": "L", "1": "L"}, "PNG": {mode: mode for mode in ("1", "L", "LA", "RGB", "RGBA")}}


def jpeg(content: bytes) -> bytes:
    """A JPEG picture the right way up, without EXIF, GPS, comments or colour profile. Raises Refused."""
    return _written_anew(content, "JPEG", quality=_QUALITY)


def png(content: bytes) -> bytes:
    """A PNG picture without its text, EXIF or further frames. Raises Refused."""
    return _written_anew(content, "PNG")


def in_format(form: str) -> Callable[[bytes], bytes]:
    """What writes a picture of one more format of Pillow anew, its first frame alone; it raises Refused as `jpeg` does."""
    return lambda content: _written_anew(content, form)


def without_metadata(content: bytes) -> bytes:
    """JPEG data of a picture on a page without EXIF, XMP, IPTC, comments and what follows its end; its pixels as they are.

    Raises ValueError for what is no JPEG.
    """
    at, kept, in_pixels = content.index(_START) + 2, [_START], False
    while found := _MARKER.search(content, at):
        kept.append(content[at : found.start()] if in_pixels else b"")
        marker, at = found[1][0], found.end() + int.from_bytes(content[found.end() : found.end() + 2], "big")
        if marker == _END:
            return b"".join([*kept, found[0]])
        if at < found.end() + 2 or marker == _START[1]:
            raise ValueError("no segment")
        beginning = _NOT_TELLING.get(marker)
        if marker not in _TELLING or (beginning and content.startswith(beginning, found.end() + 2)):
            kept.append(content[found.start() : at])
        in_pixels = in_pixels or marker == _START_OF_SCAN
    return b"".join([*kept, content[at:] if in_pixels else b""])  # its end was cut off


def without_boxes(content: bytes) -> bytes:
    """JPEG 2000 data of a picture on a page without its boxes of XML and of what programs write as they like."""
    kept, at = [], 0
    if content[4:8] != b"jP  ":  # the pixels alone, without boxes
        return content
    while at < len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        size = {0: len(content) - at, 1: int.from_bytes(content[at + 8 : at + 16], "big")}.get(size, size)
        if size < 8:
            raise ValueError("no box")
        if content[at + 4 : at + 8] not in _BOXES_TELLING:
            kept.append(content[at : at + size])
        at += size
    return b"".join(kept)


def _written_anew(content: bytes, form: str, **how: int) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=(form,)) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise Refused(_too_many())
            upright = ImageOps.exif_transpose(sent)
            mode = "RGBA" if form in _TRANSPARENT and upright.has_transparency_data else "RGB"
            pixels = upright.convert(_MODES.get(form, {}).get(upright.mode, mode))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(_too_many()) from None
    except Refused:
        raise
    except Exception as error:  # what Pillow says of what it cannot read has many types
        raise Refused(_("không đọc được ảnh. Ảnh có thể đã hỏng hoặc không phải là ảnh.")) from error
    fresh, written = Image.new(pixels.mode, pixels.size), io.BytesIO()
    fresh.paste(pixels)
    fresh.save(written, form, **how)
    return written.getvalue()


def _too_many() -> str:
    return _("ảnh có hơn %(most)s triệu điểm ảnh. Giảm kích thước ảnh rồi gửi lại.") % {
        "most": MOST_PIXELS // 1_000_000
    }
