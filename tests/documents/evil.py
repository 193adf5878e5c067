"""Files made by the libraries themselves: good ones, and ones that do not do to be kept."""

import io
import zipfile

import docx
import openpyxl
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

NAME = "Trịnh Thị Nụ"  # whom a file must not tell of
PLAIN = "Trinh Thi Nu"
GPS = {0: b"\x02\x03\x00\x00", 1: "N", 2: (10.0, 56.0, 42.0), 3: "E", 4: (106.0, 50.0, 0.0)}


def upload(name, content):
    """A file as a form brings it."""
    return SimpleUploadedFile(name, content)


def picture(form="JPEG", size=(40, 20), *, turned=False, mode="RGB", **how):
    """A picture, red above and blue below, with EXIF that tells who, where and (`turned`) which way is up."""
    made = Image.new(mode, size, "red")
    made.paste("blue", (0, size[1] // 2, size[0], size[1]))
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = PLAIN, 6 if turned else 1
    exif.get_ifd(0x8825).update(GPS)
    written = io.BytesIO()
    made.save(written, form, exif=exif, **how)
    return written.getvalue()


def pdf(change=lambda document: None, *, pages=1, **how):
    """A PDF of blank pages after `change(document)`."""
    document, written = pikepdf.new(), io.BytesIO()
    for _n in range(pages):
        document.add_blank_page()
    change(document)
    document.save(written, **{"deterministic_id": "encryption" not in how, **how})  # else its ID is of the clock
    return written.getvalue()


def word(change=lambda document: None):
    """A Word file by somebody, after `change(document)`."""
    document, written = docx.Document(), io.BytesIO()
    document.add_paragraph("Báo cáo 175 buổi truyền thông")
    document.core_properties.author = document.core_properties.last_modified_by = NAME
    change(document)
    document.save(written)
    return written.getvalue()


def excel(change=lambda book: None):
    """An Excel file by somebody, after `change(book)`."""
    book, written = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = 175
    book.properties.creator = NAME
    change(book)
    book.save(written)
    return written.getvalue()


def repacked(package, changes=(), added=()):
    """A package with parts replaced ({name: words → words}) and others added ({name: words})."""
    changes, added, written = dict(changes), dict(added), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as sent, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for each in sent.namelist():
            made.writestr(each, changes.get(each, lambda words: words)(sent.read(each)))
        for name, words in added.items():
            made.writestr(name, words)
    return written.getvalue()


def parts(package):
    """The parts of a package, by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
