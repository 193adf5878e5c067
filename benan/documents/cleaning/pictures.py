"""Pictures, written anew from their pixels: nothing else of the file that was sent is left."""

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from benan.core.refusals import Refused

MOST_PIXELS = 50_000_000  # a telephone's largest photographs
_QUALITY = 88
_START_OF_SCAN, _TELLING = 0xDA, (0xE1, 0xED, 0xFE)  # markers of JPEG: of the pixels; APP1, APP13 and comments
_MODES = {"JPEG": {"L": "L", "1": "L"}, "PNG": {mode: mode for mode in ("1", "L", "LA", "RGB", "RGBA")}}


def jpeg(content: bytes) -> bytes:
    """A JPEG picture the right way up, without EXIF, GPS, comments or colour profile. Raises Refused."""
    return _written_anew(content, "JPEG", quality=_QUALITY)


def png(content: bytes) -> bytes:
    """A PNG picture without its text, EXIF or further frames. Raises Refused."""
    return _written_anew(content, "PNG")


def without_metadata(content: bytes) -> bytes:
    """JPEG data of a picture on a page without its segments of EXIF, XMP, IPTC and comments; its pixels as they are."""
    kept, at = [content[:2]], 2
    while content[at : at + 1] == b"\xff" and content[at + 1] != _START_OF_SCAN:
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] not in _TELLING:
            kept.append(content[at:end])
        at = end
    return b"".join([*kept, content[at:]])


def _written_anew(content: bytes, form: str, **how: int) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=(form,)) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise Refused(_too_many())
            upright = ImageOps.exif_transpose(sent)
            mode = "RGBA" if form == "PNG" and upright.has_transparency_data else "RGB"
            pixels = upright.convert(_MODES[form].get(upright.mode, mode))
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
