"""Word and Excel files: packages of XML parts, each read, emptied of who made it, and packed anew.

What runs (macros, ActiveX), what is packed inside (OLE objects, other packages) and what would be fetched from elsewhere
are refused with a sentence; a link that somebody clicks stays.
"""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from benan.core.refusals import Refused
from benan.documents.cleaning import pictures

MOST_PARTS, MOST_UNPACKED = 3_000, 100_000_000
_MAIN = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_TYPES, _MADE = "[Content_Types].xml", (1980, 1, 1, 0, 0, 0)
_RUNS = re.compile(
    r"vbaproject|vbadata|activex|macrosheets|dialogsheets|customui|\.(?:exe|dll|js|vbs|hta|swf|svg|html?|mht)$"
)
_PACKED_INSIDE = re.compile(r"embeddings/|\.(?:zip|docx|docm|xlsx|xlsm|pptx|jar|7z|rar|ole)$|oleobject")
_FROM_ELSEWHERE = re.compile(r"externallinks/|/connections\.xml$|querytables/|/webextensions?/|afchunk")
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Rar!", b"7z\xbc\xaf")
# Parts that are left out, with the relations that lead to them.
_LEFT_OUT = re.compile(
    r"^docprops/(?:thumbnail\.\w+|custom\.xml)$|/printersettings/|^customxml/|^word/fonts/|\.(?:odttf|ttf|otf)$"
)
_LEFT_OUT_RELATIONS = (
    "/thumbnail",
    "/custom-properties",
    "/printerSettings",
    "/attachedTemplate",
    "/customXml",
    "/font",
)
_PROPERTIES = ("docprops/core.xml", "docprops/app.xml")
_XML = ("xml", "rels", "vml")
# The only other parts, by the ending of their names; their bytes have to be what the name says.
_PICTURES: dict[str, Callable[[bytes], bytes]] = {
    "jpg": pictures.jpeg, "jpeg": pictures.jpeg, "jpe": pictures.jpeg, "png": pictures.png,
    "gif": pictures.in_format("GIF"), "bmp": pictures.in_format("BMP"), "webp": pictures.in_format("WEBP"),
    "tif": pictures.in_format("TIFF"), "tiff": pictures.in_format("TIFF"),
}  # fmt: skip
# Who wrote, in whatever part: attributes of any element, of one element, and elements whose words are left out.
_NAMES = ("author", "initials", "userName", "lastModifiedBy")
_NAMES_OF = {"person": ("displayName", "userId", "author"), "presenceInfo": ("userId",)}
_WORDS_OF = {"author": "authors"}  # within
_ELEMENTS_LEFT_OUT = (
    "attachedTemplate", "absPath", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic",
)  # fmt: skip
# Fields of Word and formulas of Excel that fetch from elsewhere or start a program.
_FETCHES = re.compile(r"(?i)\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b|\bWEBSERVICE\s*\(|\|\s*'")
_RELATIONS_NAMED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def docx(content: bytes) -> bytes:
    """A Word file without who made it. Raises Refused."""
    return _packed_anew(content, "word/document.xml")


def xlsx(content: bytes) -> bytes:
    """An Excel file without who made it. Raises Refused."""
    return _packed_anew(content, "xl/workbook.xml")


def _packed_anew(content: bytes, main: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as sent:
            parts = _parts(sent)
    except Refused:
        raise
    except Exception as error:  # what is said of a package that cannot be read has many types
        raise Refused(_unreadable()) from error
    if _TYPES not in parts or main not in parts or not _is_of_type(parts[_TYPES], main):
        raise Refused(_("nội dung không phải là tệp Word hoặc Excel như tên tệp ghi, hoặc là tệp có macro."))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda each: (each != _TYPES, each)):
            if not _LEFT_OUT.search(name.lower()):
                part = zipfile.ZipInfo(name, _MADE)
                part.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(part, _cleaned(name, parts[name]))
    return written.getvalue()


def _parts(package: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts by name, unpacked within the limits. Raises Refused."""
    listed = [each for each in package.infolist() if not each.is_dir()]
    names = [each.filename for each in listed]
    if len(listed) > MOST_PARTS or len({name.lower() for name in names}) != len(names):
        raise Refused(_unreadable())
    left, parts = MOST_UNPACKED, {}
    for each in listed:
        name = each.filename.lower()
        if each.flag_bits & 0x1:
            raise Refused(_("tệp có mật khẩu. Bỏ mật khẩu rồi gửi lại."))
        if name.startswith("/") or ".." in name.split("/") or "\\" in name:
            raise Refused(_unreadable())
        if _RUNS.search(name):
            raise Refused(_("trong tệp có macro hoặc phần chạy được. Lưu thành tệp thường (.docx, .xlsx) hoặc PDF."))
        if _PACKED_INSIDE.search(name):
            raise Refused(_packed_inside())
        if _FROM_ELSEWHERE.search(name):
            raise Refused(_from_elsewhere())
        with package.open(each) as part:
            words = part.read(left + 1)  # what the package says of its size is not believed
        left -= len(words)
        if left < 0:
            raise Refused(_("tệp giải nén ra quá lớn. Bớt ảnh hoặc lưu thành PDF rồi gửi lại."))
        if words.startswith(_PACKED):
            raise Refused(_packed_inside())
        parts[each.filename] = words
    return parts


def _is_of_type(types: bytes, main: str) -> bool:
    """Whether the package says that its main part is a document without macros, and names no part that runs."""
    tree = _tree(types)
    named = {each.get("PartName", ""): each.get("ContentType", "") for each in tree}
    given = named.get(f"/{main}") or next(
        (each.get("ContentType") for each in tree if each.get("Extension") == "xml"), ""
    )
    return given == _MAIN[main] and not any("macroEnabled" in each.get("ContentType", "") for each in tree)


def _cleaned(name: str, part: bytes) -> bytes:
    lower = name.lower()
    ending = lower.rpartition(".")[2]
    if ending in _PICTURES:
        try:
            return _PICTURES[ending](part)
        except Refused as refused:
            raise Refused(
                _("phần “%(part)s” trong tệp: %(why)s") % {"part": _part_name(name), "why": refused}
            ) from None
    if ending not in _XML:
        raise Refused(
            _("trong tệp có phần “%(part)s” thuộc loại không nhận; ảnh nhận JPEG, PNG, GIF, BMP, TIFF, WebP. Bỏ phần ấy hoặc "
              "lưu thành PDF rồi gửi lại.") % {"part": _part_name(name)}
        )  # fmt: skip
    tree = _tree(part, mends=ending == "vml")
    if lower in _PROPERTIES:
        tree[:] = []
    elif lower.endswith(".rels"):
        _clean_relations(tree)
    elif name == _TYPES:
        tree[:] = [each for each in tree if not _LEFT_OUT.search(each.get("PartName", "").lower().lstrip("/"))]
    else:
        _clean_words(tree)
    return etree.tostring(tree.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def _part_name(name: str) -> str:
    """The last part of a name, for a sentence to the sender."""
    return name.rpartition("/")[2][:40]


def _tree(part: bytes, *, mends: bool = False) -> Any:
    """A part as a tree. Raises Refused where it is no XML, or defines entities. `mends`: what is not well-formed is put right,
    as Excel writes it where remarks are drawn."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=mends)
    try:
        tree = etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise Refused(_unreadable()) from None
    if tree is None or tree.getroottree().docinfo.doctype:
        raise Refused(_unreadable())
    return tree


def _clean_relations(tree: Any) -> None:
    for each in list(tree):
        kind, is_outside = each.get("Type", ""), each.get("TargetMode", "").lower() == "external"
        if kind.endswith(_LEFT_OUT_RELATIONS):
            tree.remove(each)
        elif is_outside and not (
            kind.endswith("/hyperlink") and re.match(r"(?i)https?:|mailto:|#", each.get("Target", ""))
        ):
            raise Refused(_from_elsewhere())


def _clean_words(tree: Any) -> None:
    if _FETCHES.search("".join(each.text or "" for each in tree.iter("{*}instrText", "{*}f"))) or any(
        _FETCHES.search(each.get(attribute))
        for each in tree.iter("{*}fldSimple")
        for attribute in each.attrib
        if etree.QName(attribute).localname == "instr"
    ):
        raise Refused(_from_elsewhere())
    for each in list(tree.iter(etree.Element)):
        element = etree.QName(each)
        for attribute in list(each.attrib):
            if etree.QName(attribute).localname in (*_NAMES, *_NAMES_OF.get(element.localname, ())):
                each.set(attribute, "")
        above = each.getparent()
        if element.localname == "pageSetup":
            each.attrib.pop(_RELATIONS_NAMED, None)  # of the settings of a printer
        elif above is not None and element.localname in _ELEMENTS_LEFT_OUT:
            above.remove(each)
        elif above is not None and _WORDS_OF.get(element.localname) == etree.QName(above).localname:
            each.text = ""


def _unreadable() -> str:
    return _("không đọc được tệp. Tệp có thể đã hỏng, hoặc không phải là tệp Word, Excel.")


def _packed_inside() -> str:
    return _("trong tệp có tệp khác nhúng bên trong. Lưu thành PDF rồi gửi, hoặc gửi từng tệp.")


def _from_elsewhere() -> str:
    return _("trong tệp có liên kết lấy nội dung từ nơi khác. Bỏ liên kết ấy hoặc lưu thành PDF rồi gửi lại.")
