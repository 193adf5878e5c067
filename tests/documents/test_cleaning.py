"""What may be stored, and what is left of it: nothing that tells who, where and with what, and nothing that runs."""

import datetime as dt
import io
import zlib

import docx
import openpyxl
import pikepdf
import pytest
from openpyxl.comments import Comment
from pikepdf import Array, Dictionary, Name
from PIL import Image

from benan.core.refusals import Refused
from benan.documents import cleaning
from benan.documents.cleaning import office, pdf, pictures
from benan.documents.kinds import FileKind
from tests.documents import evil
from tests.documents.evil import NAME, PLAIN


def cleaned(name, content):
    """The clean copy."""
    return cleaning.kind_and_copy(evil.upload(name, content), content)[1]


def refusal(name, content):
    """Why a file is refused."""
    with pytest.raises(Refused) as refused:
        cleaned(name, content)
    return str(refused.value)


GOOD = {
    "anh.jpg": (FileKind.JPEG, evil.picture),
    "ANH.JPEG": (FileKind.JPEG, evil.picture),
    "anh.png": (FileKind.PNG, lambda: evil.picture("PNG")),
    "bao-cao.pdf": (FileKind.PDF, evil.pdf),
    "bao-cao.docx": (FileKind.DOCX, evil.word),
    "so-lieu.xlsx": (FileKind.XLSX, evil.excel),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_allowed_is_kept_as_what_it_is(name):
    kind, make = GOOD[name]
    content = make()
    found, copy = cleaning.kind_and_copy(evil.upload(name, content), content)
    assert found == kind and copy != content
    assert cleaned(name, copy), "a clean copy is itself a file that is taken"


@pytest.mark.parametrize("name", ["anh.gif", "trang.html", "anh.svg", "bao-cao.docm", "bao-cao.doc", "tep.zip", "tep", "anh.jpg.exe"])  # fmt: skip
def test_other_kinds_are_refused_with_the_file_and_what_is_allowed(name):
    assert refusal(name, b"<svg onload=alert(1)>") == (
        f"Tệp “{name}” chưa lưu được: loại tệp này không nhận. Chương trình nhận ảnh JPEG, PNG và tệp PDF, DOCX, XLSX."
    )


@pytest.mark.parametrize("name", GOOD)
def test_a_name_that_says_one_thing_and_a_content_that_is_another_are_refused(name):
    kind, _make = GOOD[name]
    for other, make in GOOD.values():
        if other != kind:
            assert "chưa lưu được" in refusal(name, make())
    assert "nội dung không phải là" in refusal(name, b"<html><script>alert(1)</script></html>")


@pytest.mark.parametrize("name", GOOD)
def test_what_begins_well_and_is_broken_is_refused(name):
    content = GOOD[name][1]()
    assert "không đọc được" in refusal(name, content[:60])
    if not name.endswith(".pdf"):  # of a PDF what can be read is read
        assert "không đọc được" in refusal(name, content[: len(content) // 2])


def test_an_empty_file_and_one_that_is_too_large_are_refused(settings):
    assert "tệp rỗng" in refusal("anh.jpg", b"")
    settings.LARGEST_FILE = 2_000_000
    assert "tệp lớn 2,5 MB, chương trình nhận tệp nhiều nhất 2 MB" in refusal(
        "anh.jpg", b"\xff\xd8\xff" + b"0" * 2_500_000
    )


# --- Pictures


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_of_a_picture_the_pixels_stay_and_what_tells_who_and_where_goes(form):
    sent = evil.picture(form)
    assert PLAIN.encode() in sent and Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)
    copy = cleaned(f"a.{form.lower()}", sent)
    kept = Image.open(io.BytesIO(copy))
    assert PLAIN.encode() not in copy and not kept.getexif() and not kept.getexif().get_ifd(0x8825)
    assert kept.size == (40, 20) and kept.getpixel((5, 3))[0] > 200 and kept.getpixel((5, 17))[0] < 60


def test_a_picture_that_lay_on_its_side_is_turned_up():
    assert Image.open(io.BytesIO(cleaned("a.jpg", evil.picture(turned=True)))).size == (20, 40)


def test_comments_text_and_what_hangs_on_behind_are_left_behind():
    jpeg = evil.picture(comment=NAME.encode()) + b"<html><script>alert(1)</script>"
    assert NAME.encode() in jpeg
    copy = cleaned("a.jpg", jpeg)
    assert NAME.encode() not in copy and b"<script>" not in copy
    from_png = cleaned("a.png", evil.picture("PNG") + b"PK\x03\x04")
    assert not from_png.endswith(b"PK\x03\x04")


@pytest.mark.parametrize("mode", ["L", "1", "CMYK", "P", "RGBA", "LA", "I;16"])
def test_pictures_of_any_depth_are_taken(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    written = io.BytesIO()
    Image.new(mode, (4, 4)).save(written, form)
    assert cleaned("a.jpg" if form == "JPEG" else "a.png", written.getvalue())


def test_a_small_file_that_would_unpack_to_a_huge_picture_is_refused():
    size = (pictures.MOST_PIXELS // 5000 + 1, 5000)
    written = io.BytesIO()
    Image.new("1", size).save(written, "PNG")
    assert len(written.getvalue()) < 100_000
    assert "triệu điểm ảnh" in refusal("a.png", written.getvalue())
    header = bytearray(evil.picture("PNG"))
    header[16:24] = (200_000).to_bytes(4, "big") * 2
    header[29:33] = zlib.crc32(bytes(header[12:29])).to_bytes(4, "big")
    assert "triệu điểm ảnh" in refusal("a.png", bytes(header))


# --- PDF


def telling(document):
    """Everything that a PDF can say of who made it."""
    document.docinfo["/Author"] = document.docinfo["/Title"] = PLAIN
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [PLAIN]
    document.pages[0].obj.PieceInfo = Dictionary(Who=PLAIN)


def acting(document):
    """Everything by which a PDF acts by itself or carries a file."""
    script = Dictionary(S=Name.JavaScript, JS="app.alert('evil-script')")
    document.Root.OpenAction = script
    document.Root.AA = Dictionary(WC=script)
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=pikepdf.Array(["x", document.make_indirect(script)])))
    document.attachments["evil-attached.txt"] = b"evil-attached"
    page = document.pages[0].obj
    page.AA = Dictionary(O=script)
    launch = Dictionary(S=Name.Launch, F="evil-launch.exe")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI, URI="https://dongnai.gov.vn", Next=launch))  # fmt: skip
    button = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=[0, 0, 9, 9], FT=Name.Btn, T="nut", A=launch)
    remark = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], T=PLAIN, Contents="chú thích")
    pinned = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], Contents="evil-pinned")
    link, button, remark, pinned = (document.make_indirect(each) for each in (link, button, remark, pinned))
    page.Annots = pikepdf.Array([link, button, remark, pinned])
    document.Root.AcroForm = Dictionary(Fields=[button], XFA=document.make_stream(b"evil-xfa"))


def whole(copy):
    """All that a PDF says, unpacked."""
    with pikepdf.open(io.BytesIO(copy)) as document:
        written = io.BytesIO()
        document.save(written, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        streams = b"".join(each.read_bytes() for each in document.objects if isinstance(each, pikepdf.Stream))
    return written.getvalue() + streams


def test_of_a_pdf_the_pages_stay_and_what_tells_who_made_it_goes():
    sent = evil.pdf(telling, pages=3)
    assert PLAIN.encode() in whole(sent)
    copy = whole(cleaned("a.pdf", sent))
    assert PLAIN.encode() not in copy
    assert b"/Metadata" not in copy and b"/Info" not in copy and b"/Producer" not in copy
    assert len(pikepdf.open(io.BytesIO(cleaned("a.pdf", sent))).pages) == 3


def test_of_a_pdf_nothing_acts_by_itself_and_nothing_is_packed_inside():
    sent = evil.pdf(acting)
    before, copy = whole(sent), whole(cleaned("a.pdf", sent))
    for each in (b"evil-script", b"evil-attached", b"evil-launch", b"evil-pinned", b"evil-xfa", b"/OpenAction", b"/AA", b"/Launch"):  # fmt: skip
        assert each in before and each not in copy
    assert b"https://dongnai.gov.vn" in copy and PLAIN.encode() in before and PLAIN.encode() not in copy


def test_a_photograph_in_a_pdf_tells_not_where_it_was_taken():
    photograph = evil.picture(comment=b"evil-comment")

    def with_picture(document):
        image = document.make_stream(photograph, Type=Name.XObject, Subtype=Name.Image, Width=40, Height=20,
                                     ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode)  # fmt: skip
        document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=image))

    sent = evil.pdf(with_picture)
    assert PLAIN.encode() in sent and b"evil-comment" in sent
    copy = cleaned("a.pdf", sent)
    assert PLAIN.encode() not in copy and b"evil-comment" not in copy
    with pikepdf.open(io.BytesIO(copy)) as document:
        kept = pikepdf.PdfImage(document.pages[0].Resources.XObject.Im0).as_pil_image()
        assert kept.tobytes() == Image.open(io.BytesIO(photograph)).tobytes()


def photograph_in_a_pdf(data, filters, settings=None):
    """A PDF with a photograph on its page, of these bytes and filters."""

    def change(document):
        image = document.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=40, Height=20,
                                     ColorSpace=Name.DeviceRGB, BitsPerComponent=8)  # fmt: skip
        image.write(data, filter=filters, decode_parms=settings)
        document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=image))

    return evil.pdf(change, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def picture_of(copy):
    """The bytes of the picture as they lie in a copy, and its pixels."""
    with pikepdf.open(io.BytesIO(copy)) as document:
        image = document.pages[0].Resources.XObject.Im0
        return image.read_raw_bytes(), pikepdf.PdfImage(image).as_pil_image().convert("RGB").tobytes()


def test_a_photograph_packed_once_more_tells_not_where_it_was_taken():
    photograph = evil.picture(comment=b"evil-comment") + b"evil-behind"
    packed = zlib.compress(photograph).hex().encode() + b">"
    sent = photograph_in_a_pdf(packed, Array([Name.ASCIIHexDecode, Name.FlateDecode, Name.DCTDecode]))
    kept, pixels = picture_of(cleaned("a.pdf", sent))
    assert kept.startswith(b"\xff\xd8"), "it is packed in nothing else"
    for each in (PLAIN.encode(), b"evil-comment", b"evil-behind", b"Exif"):
        assert each in photograph and each not in kept
    assert pixels == Image.open(io.BytesIO(photograph)).tobytes()


@pytest.mark.parametrize(
    "how", [{"progressive": True}, {"mode": "L"}, {"icc_profile": b"icc" * 400}, {"dpi": (300, 300)}]
)
def test_photographs_of_every_make_keep_their_pixels(how):
    photograph = evil.picture(size=(400, 300), **how)
    kept = pictures.without_metadata(photograph)
    before, after = (Image.open(io.BytesIO(each)) for each in (photograph, kept))
    assert before.tobytes() == after.tobytes() and PLAIN.encode() not in kept
    assert before.info.get("icc_profile") == after.info.get("icc_profile")
    assert pictures.without_metadata(kept + photograph) == kept


def test_a_photograph_packed_so_that_it_cannot_be_read_is_refused():
    for filters in (Array([Name.DCTDecode, Name.FlateDecode]), Array([Name.FlateDecode, Name.DCTDecode])):
        assert "không đọc được tệp PDF" in refusal("a.pdf", photograph_in_a_pdf(evil.picture(), filters))


def test_a_jpeg_2000_picture_in_a_pdf_loses_its_boxes_of_words():
    plain = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(plain, "JPEG2000")
    box = b"uuid" + bytes(16) + PLAIN.encode()
    sent = plain.getvalue() + (len(box) + 4).to_bytes(4, "big") + box
    kept, pixels = picture_of(cleaned("a.pdf", photograph_in_a_pdf(sent, Name.JPXDecode)))
    assert PLAIN.encode() in sent and PLAIN.encode() not in kept
    assert pixels == Image.open(plain).convert("RGB").tobytes()


def test_a_locked_pdf_is_refused():
    for password in ("mo", ""):
        locked = evil.pdf(encryption=pikepdf.Encryption(owner="chu", user=password))
        assert "mật khẩu hoặc bị khóa" in refusal("a.pdf", locked)


def test_a_pdf_that_is_a_page_of_the_web_too_is_refused_and_what_follows_it_is_left_behind():
    assert "chưa lưu được" in refusal("a.pdf", b"<html><script>alert(1)</script>" + evil.pdf())
    assert b"<script>" not in cleaned("a.pdf", evil.pdf() + b"\n<html><script>alert(1)</script>")


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    assert "tệp có hơn 2 trang" in refusal("a.pdf", evil.pdf(pages=3))


def test_a_pdf_whose_structure_unpacks_without_end_is_refused():
    def huge(document):
        document.Root.Huge = document.make_indirect(pikepdf.String("a" * 120_000_000))

    content = evil.pdf(huge, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert len(content) < 1_000_000
    assert "không đọc được tệp PDF" in refusal("a.pdf", content)


# --- Word and Excel


def test_of_a_word_file_the_words_stay_and_who_wrote_them_goes():
    def written(document):
        document.add_comment(document.paragraphs[0].runs, text="xem lại", author=NAME, initials="NU")
        document.core_properties.title = document.core_properties.comments = NAME

    sent = evil.word(written)
    assert any(NAME.encode() in part for part in evil.parts(sent).values())
    copy = cleaned("a.docx", sent)
    assert [name for name, part in evil.parts(copy).items() if NAME.encode() in part or b'"NU"' in part] == []
    opened = docx.Document(io.BytesIO(copy))
    assert "175 buổi" in opened.paragraphs[0].text and [each.text for each in opened.comments] == ["xem lại"]
    assert not any("thumbnail" in name for name in evil.parts(copy))


def test_changes_that_word_tracks_lose_their_authors():
    tracked = (
        f'<w:ins w:id="9" w:author="{NAME}" w:date="2020-11-05T08:00:00Z"><w:r><w:t>thêm</w:t></w:r></w:ins></w:p>'
    )
    sent = evil.repacked(
        evil.word(), {"word/document.xml": lambda words: words.replace(b"</w:p>", tracked.encode(), 1)}
    )
    copy = evil.parts(cleaned("a.docx", sent))["word/document.xml"]
    assert "thêm".encode() in copy and NAME.encode() not in copy


def test_of_an_excel_file_the_numbers_stay_and_who_made_it_goes():
    def written(book):
        book.active["A1"].comment = Comment("đúng", NAME)
        book.properties.lastModifiedBy = NAME
        book.properties.modified = dt.datetime(2020, 11, 5)  # noqa: DTZ001, as openpyxl has them

    sent = evil.excel(written)
    copy = cleaned("a.xlsx", sent)
    assert any(NAME.encode() in part for part in evil.parts(sent).values())
    assert [name for name, part in evil.parts(copy).items() if NAME.encode() in part] == []
    assert openpyxl.load_workbook(io.BytesIO(copy)).active["A1"].value == 175


def test_pictures_in_a_word_file_tell_not_where_they_were_taken():
    sent = evil.word(lambda document: document.add_picture(io.BytesIO(evil.picture())))
    assert any(PLAIN.encode() in part for part in evil.parts(sent).values())
    assert not any(PLAIN.encode() in part for part in evil.parts(cleaned("a.docx", sent)).values())


@pytest.mark.parametrize(("form", "ending"), [("TIFF", "tiff"), ("WEBP", "webp"), ("PNG", "png"), ("JPEG", "jpeg")])
def test_pictures_of_every_kind_that_word_takes_lose_what_they_tell(form, ending):
    name, picture = f"word/media/image7.{ending}", evil.picture(form)
    assert PLAIN.encode() in picture
    kept = evil.parts(cleaned("a.docx", evil.repacked(evil.word(), added={name: picture})))[name]
    assert PLAIN.encode() not in kept and b"Exif" not in kept
    before, after = (Image.open(io.BytesIO(each)) for each in (picture, kept))
    assert (after.format, after.size) == (form, (40, 20))
    top, bottom = after.convert("RGB").getpixel((5, 3)), after.convert("RGB").getpixel((5, 17))
    assert top[0] > 200 and bottom[2] > 200 and before.size == after.size


@pytest.mark.parametrize("ending", ["gif", "bmp"])
def test_pictures_without_exif_stay_too(ending):
    made, name = io.BytesIO(), f"word/media/image7.{ending}"
    Image.new("RGB", (40, 20), "red").save(made, ending.upper())
    kept = evil.parts(cleaned("a.docx", evil.repacked(evil.word(), added={name: made.getvalue()})))[name]
    assert Image.open(io.BytesIO(kept)).convert("RGB").getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("part", "words", "why"),
    [
        ("word/media/image2.png", b"MZ\x90\x00 this is a program", "phần “image2.png” trong tệp: không đọc được ảnh"),
        ("word/media/image2.png", evil.picture("JPEG"), "phần “image2.png” trong tệp: không đọc được ảnh"),
        ("word/media/image3.emf", b"\x01\x00\x00\x00", "phần “image3.emf” thuộc loại không nhận"),
        ("word/media/image4", evil.picture("TIFF"), "phần “image4” thuộc loại không nhận"),
        ("xl/customProperty1.bin", b"x", "phần “customProperty1.bin” thuộc loại không nhận"),
    ],
)
def test_a_part_that_is_not_what_its_name_says_is_refused_by_name(part, words, why):
    assert why in refusal("a.docx", evil.repacked(evil.word(), added={part: words}))


def test_the_drawing_of_remarks_in_excel_is_kept_though_it_is_not_well_formed():
    drawing = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><div>ghi<br></div></v:shape></xml>'
    copy = cleaned("a.xlsx", evil.repacked(evil.excel(), added={"xl/drawings/vmlDrawing1.vml": drawing}))
    assert b"ghi<br/>" in evil.parts(copy)["xl/drawings/vmlDrawing1.vml"]


def test_fonts_that_lie_in_a_word_file_are_left_out_with_what_leads_to_them():
    relation = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/font" Target="fonts/font1.odttf"/></Relationships>'
    fonts = b'<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:font w:name="Times"><w:embedRegular r:id="rId1"/></w:font></w:fonts>'
    added = {"word/fonts/font1.odttf": b"x", "word/_rels/fontTable.xml.rels": relation}
    copy = evil.parts(
        cleaned("a.docx", evil.repacked(evil.word(), {"word/fontTable.xml": lambda _words: fonts}, added))
    )
    assert "word/fonts/font1.odttf" not in copy and b"font1" not in copy["word/_rels/fontTable.xml.rels"]
    assert b"embedRegular" not in copy["word/fontTable.xml"] and b"Times" in copy["word/fontTable.xml"]


RELATION = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" TargetMode="External"/></Relationships>'


def with_relation(kind, target):
    """A Word file with a relation to something outside of it."""
    added = RELATION.format(kind, target).encode()
    return evil.repacked(
        evil.word(), {"word/_rels/document.xml.rels": lambda words: words.replace(b"</Relationships>", added)}
    )


@pytest.mark.parametrize(
    ("kind", "target"),
    [("image", "https://evil.example/a.png"), ("oleObject", "file:///x"), ("frame", "https://evil.example"), ("hyperlink", "file://evil/x")],
)  # fmt: skip
def test_what_would_be_fetched_from_elsewhere_is_refused(kind, target):
    assert "lấy nội dung từ nơi khác" in refusal("a.docx", with_relation(kind, target))


def test_a_link_that_somebody_clicks_stays_and_the_template_of_somebodys_machine_goes():
    assert b"https://dongnai.gov.vn" in b"".join(evil.parts(cleaned("a.docx", with_relation("hyperlink", "https://dongnai.gov.vn"))).values())  # fmt: skip
    template = with_relation("attachedTemplate", "file:///C:/Users/TrinhThiNu/mau.dotx")
    assert b"TrinhThiNu" not in b"".join(evil.parts(cleaned("a.docx", template)).values())


@pytest.mark.parametrize("instruction", ["DDEAUTO c:\\windows\\cmd.exe", "INCLUDEPICTURE https://evil.example/a.png"])
def test_fields_that_fetch_or_start_something_are_refused(instruction):
    field = f"<w:r><w:instrText>{instruction}</w:instrText></w:r></w:p>".encode()
    sent = evil.repacked(evil.word(), {"word/document.xml": lambda words: words.replace(b"</w:p>", field, 1)})
    assert "lấy nội dung từ nơi khác" in refusal("a.docx", sent)


def test_formulas_that_fetch_something_are_refused():
    def fetching(book):
        book.active["A2"] = '=WEBSERVICE("https://evil.example")'

    assert "lấy nội dung từ nơi khác" in refusal("a.xlsx", evil.excel(fetching))


@pytest.mark.parametrize(
    ("part", "words", "why"),
    [
        ("word/vbaProject.bin", b"x", "macro"),
        ("word/activeX/activeX1.xml", b"<a/>", "macro"),
        ("word/media/image9.svg", b"<svg/>", "macro"),
        ("word/embeddings/sheet.xlsx", b"PK\x03\x04", "nhúng bên trong"),
        ("word/media/image9.emf", b"PK\x03\x04", "nhúng bên trong"),
        ("word/media/image8.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "nhúng bên trong"),
        ("xl/externalLinks/externalLink1.xml", b"<a/>", "nơi khác"),
        ("../../evil.xml", b"<a/>", "không đọc được"),
        ("word/evil.xml", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "không đọc được"),
        ("word/evil.xml", b"<a>", "không đọc được"),
    ],
)
def test_what_runs_or_is_packed_inside_is_refused(part, words, why):
    assert why in refusal("a.docx", evil.repacked(evil.word(), added={part: words}))


def test_a_file_with_macros_under_another_name_is_refused():
    main, macro = b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml"
    sent = evil.repacked(evil.word(), {"[Content_Types].xml": lambda words: words.replace(b"vnd.openxmlformats-officedocument." + main, b"vnd." + macro)})  # fmt: skip
    assert "có macro" in refusal("a.docx", sent)


def test_a_package_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(office, "MOST_UNPACKED", 1_000_000)
    assert "giải nén ra quá lớn" in refusal(
        "a.docx", evil.repacked(evil.word(), added={"word/media/a.emf": b"0" * 2_000_000})
    )
    monkeypatch.setattr(office, "MOST_PARTS", 5)
    assert "không đọc được" in refusal("a.docx", evil.word())


def test_a_word_file_that_calls_itself_excel_is_refused():
    assert "không phải là tệp Word hoặc Excel" in refusal("a.xlsx", evil.word())
