"""An office's own template: what may stand in it, where a mistake is said to be, what it gives, who may give one."""

import datetime as dt
import io
import re
import time
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as R
from docx.oxml import OxmlElement

from benan.core.refusals import Refused
from benan.plan import queries as plans
from benan.reports import office_templates, template_fields
from benan.reports.actions import papers
from benan.reports.models import OfficeTemplate
from benan.reports.starting_template import starting_template
from benan.reports.template_fields import Listed, Text
from tests.cast import PLAN, Officer, agency_of, words
from tests.reports import contents

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes"
FORM, DISTRICT = "dinh_ky", "district-737"
PAGE = [PLAN, FORM, DISTRICT]


@pytest.fixture
def fields(town, on_day):
    on_day("10/11/2017")
    return template_fields.fields(plans.by_slug(PLAN), FORM)


def docx(*paragraphs, cell="", header=""):
    """A .docx with some paragraphs, and perhaps a table cell and a header."""
    document = Document()
    for each in paragraphs:
        document.add_paragraph(each)
    if cell:
        document.add_table(rows=2, cols=2).cell(1, 0).text = cell
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def said(made):
    document = Document(io.BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def refusal(source, fields):
    with pytest.raises(Refused) as refused:
        office_templates.checked(source, fields)
    return str(refused.value)


def conforms(shape, value):
    """Whether a value has the fields of its shape, and no others."""
    if isinstance(shape, Text):
        return isinstance(value, str)
    if isinstance(shape, Listed):
        return all(conforms(shape.item, each) for each in value)
    return value.keys() == shape.fields.keys() and all(conforms(shape.fields[key], value[key]) for key in value)


@pytest.mark.parametrize("make", [contents.of_agency, contents.consolidated])
def test_a_return_fills_every_field_that_the_page_lists(fields, make):
    values = template_fields.values(make(), fields)
    assert [name for name, shape in fields.items() if not conforms(shape, values[name])] == []
    assert values["chi_tieu"]["a"]["ty_le"] == "78,6%"
    assert values["chi_tieu"]["b"]["ty_le"] == "không phát sinh"
    assert values["so_lieu"]["persons_received"]["so"] == "28"


@pytest.mark.parametrize("make", [contents.of_agency, contents.consolidated])
def test_the_template_to_start_from_is_accepted_and_filled(fields, make):
    kept = office_templates.checked(starting_template(agency_of(DISTRICT), dt.date(2017, 11, 10)), fields)
    made = said(office_templates.filled(kept, template_fields.values(make(), fields)))
    assert "22/28" in made and "78,6%" in made
    assert "- Nữ" in made and "18.960" in made
    assert "Lưu: VT." in made
    assert "{{" not in made and "{%" not in made
    assert ("UBND huyện Tân Phú" in made) == (make is contents.consolidated)


def test_an_unknown_field_is_named_with_its_place(fields):
    assert refusal(docx("Mở đầu", "Kỳ {{ ky }}, số {{ so_luong }}"), fields) == (
        "Phần thân, đoạn 2 (“Kỳ {{ ky }}, số {{ so_luong }}”): không có trường “so_luong”."
    )
    assert "bảng 1, hàng 2, ô 1 (“{{ chi_tieu.z.tu_so }}”): không có trường “chi_tieu.z”" in refusal(
        docx("Mở đầu", cell="{{ chi_tieu.z.tu_so }}"), fields
    )
    assert refusal(docx(header="{{ x }}"), fields).startswith("Đầu trang, đoạn 1 (“{{ x }}”)")


def test_a_mistake_of_syntax_is_said_with_its_place(fields):
    assert refusal(docx("{{ ky }}", "{% for x in noi_nhan %}{{ x }}"), fields).startswith("Phần thân, đoạn 2 (")
    assert "sai cú pháp" in refusal(docx("{{ ky"), fields)


def test_a_whole_list_or_group_is_not_written_out(fields):
    assert "trường này có nhiều phần" in refusal(docx("{{ chi_tieu.a }}"), fields)
    assert "trường này có nhiều phần" in refusal(docx("{{ noi_nhan }}"), fields)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__ }}",
        "{{ ky.__class__.__mro__ }}",
        "{{ chi_tieu.items }}",
        "{{ noi_nhan[0] }}",
        "{{ cycler }}",
        "{{ self }}",
        "{{ range(1000000000) }}",
        "{{ ky.format(1) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 999999999 }}",
        "{{ ky|attr('upper') }}",
        "{{ ky|center(1000000000) }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% macro x() %}{% endmacro %}",
        "{% set x = 1 %}",
        "{% for x in range(10) %}{% endfor %}",
        "{% for x in ky %}{% endfor %}",
        "{% for a in cac_don_vi %}{% for b in cac_don_vi %}{% endfor %}{% endfor %}",
        "{% for a in noi_nhan %}{% for b in chua_bao_cao %}{% for c in chuc_vu_ky %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in cac_don_vi recursive %}{% endfor %}",
        "{% if ky.__class__ %}{% endif %}",
        "{% raw %}{{ x }}{% endraw %}{{ x }}",
        "{% cellbg ky.__class__ %}",
    ],
)
def test_whatever_is_not_a_field_a_loop_or_a_condition_is_refused(fields, attack):
    assert refusal(docx(attack, cell=attack), fields)


def test_many_loops_are_refused(fields):
    loop = "{% for a in cac_don_vi %}{% for b in dong_so_lieu %}{{ b.so }}{% endfor %}{% endfor %}"
    assert office_templates.checked(docx(loop), fields)
    assert "quá nhiều vòng lặp" in refusal(docx(*[loop] * 5), fields)


def changed(source, name, change):
    """A .docx with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info, change(old.read(info)) if info.filename == name else old.read(info))
    return out.getvalue()


def test_an_attribute_is_checked_like_text(fields):
    hidden = changed(
        docx("{{ ky }}"),
        "word/document.xml",
        lambda xml: xml.replace(b"<w:body>", b'<w:body><w:bookmarkStart w:id="1" w:name="{{ x }}"/>'),
    )
    assert "không có trường “x”" in refusal(hidden, fields)


def test_fields_in_parts_that_are_not_filled_are_refused(fields):
    hidden = changed(
        docx("{{ ky }}"), "word/styles.xml", lambda xml: xml.replace(b"</w:styles>", b"<!--{{ x }}--></w:styles>")
    )
    try:
        kept = office_templates.checked(hidden, fields)
    except Refused as refused:
        assert "phần thân, đầu trang và chân trang" in str(refused)
    else:
        assert b"{{ x }}" not in zipfile.ZipFile(io.BytesIO(kept)).read("word/styles.xml")


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(words):
    """A run of text as XML."""
    return f"<w:r><w:t>{words}</w:t></w:r>"


def with_footnote(inner, name="footnotes.xml"):
    """A .docx with a footnote, in a part of some name."""
    types = f'<Override PartName="/word/{name}" ContentType="{FOOTNOTES}+xml"/></Types>'.encode()
    relation = f'<Relationship Id="rId99" Type="{R.FOOTNOTES}" Target="{name}"/></Relationships>'.encode()
    source = changed(docx("{{ ky }}"), "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", types))
    source = changed(source, "word/_rels/document.xml.rels", lambda xml: xml.replace(b"</Relationships>", relation))
    out = io.BytesIO(source)
    with zipfile.ZipFile(out, "a") as packed:
        note = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1"><w:p>{inner}</w:p></w:footnote></w:footnotes>'
        packed.writestr(f"word/{name}", note)
    return out.getvalue()


@pytest.mark.parametrize(
    "inner",
    [
        run("{{ 7*7 }}"),
        run("{") + run("{ 7*7 }") + run("}"),
        run("{") + run("% for i in range(99999) %") + run("}x{") + run("% endfor %") + run("}"),
    ],
)
def test_fields_in_footnotes_are_refused_however_they_are_split(fields, inner):
    assert "phần thân, đầu trang và chân trang" in refusal(with_footnote(inner), fields)


def test_what_is_not_checked_is_not_filled(fields):
    made = office_templates.filled(with_footnote(run("{{ 7*7 }}")), {"ky": "năm 2017"})
    assert b"{{ 7*7 }}" in zipfile.ZipFile(io.BytesIO(made)).read("word/footnotes.xml")


def test_a_list_is_not_looped_over_inside_itself(fields):
    nested = "{% for a in dong_so_lieu %}{% for b in dong_so_lieu %}A{% endfor %}{% endfor %}"
    assert "một danh sách không lặp được trong chính nó" in refusal(docx(nested), fields)


def test_loops_that_would_write_too_much_are_refused(fields):
    loop = "{% for a in cac_don_vi %}{% for b in dong_so_lieu %}" + "A" * 2_000 + "{% endfor %}{% endfor %}"
    assert "quá lớn" in refusal(docx(loop), fields)


def test_a_list_longer_than_was_thought_stops_at_the_same_size(fields):
    kept = office_templates.checked(docx("{% for a in noi_nhan %}" + "A" * 100_000 + "{% endfor %}"), fields)
    values = template_fields.values(contents.of_agency(recipients=("x",) * 2_000), fields)
    with pytest.raises(Refused, match="quá lớn"):
        office_templates.filled(kept, values)


@pytest.mark.parametrize("braces", ["{{", "{{r ", "{%", "-%}", "}}", "{% vm %}", "{% colspan x %}"])
def test_braces_hidden_in_attributes_are_refused_at_once(fields, braces):
    hidden = changed(
        docx("{{ ky }}"),
        "word/document.xml",
        lambda xml: xml.replace(
            b"<w:body>", f'<w:body><w:bookmarkStart w:id="1" w:name="{braces * 30_000}"/>'.encode()
        ),
    )
    begun = time.perf_counter()
    assert refusal(hidden, fields)
    assert time.perf_counter() - begun < 3


def test_a_small_file_that_unpacks_to_a_long_text_is_refused(fields):
    many = b"<w:p/>" * 200_000
    hidden = changed(docx("{{ ky }}"), "word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body>" + many))
    assert refusal(hidden, fields) == "Tệp mẫu giải nén ra quá lớn."


@pytest.mark.parametrize(
    "deep", ["{{ " + "{" * 3_000 + "1" + "}" * 3_000 + " }}", "{% if ky %}" * 900 + "{% endif %}" * 900]
)
def test_what_is_nested_too_deep_is_refused(fields, deep):
    assert refusal(docx(deep), fields)


def test_macros_are_refused(fields):
    out = io.BytesIO(docx("{{ ky }}"))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"x")
    assert refusal(out.getvalue(), fields).startswith("Tệp mẫu không nhận được:")


def test_pictures_from_elsewhere_are_refused(fields):
    document = Document()
    document.add_paragraph("{{ ky }}")
    document.part.relate_to("https://example.com/x.png", R.IMAGE, is_external=True)
    out = io.BytesIO()
    document.save(out)
    assert refusal(out.getvalue(), fields).startswith("Tệp mẫu không nhận được:")


def test_fields_of_word_that_fetch_are_refused(fields):
    document = Document()
    run = document.add_paragraph("{{ ky }}").add_run()
    instruction = OxmlElement("w:instrText")
    instruction.text = 'INCLUDETEXT "secret.docx"'
    run._element.append(instruction)
    out = io.BytesIO()
    document.save(out)
    assert refusal(out.getvalue(), fields).startswith("Tệp mẫu không nhận được:")


@pytest.mark.parametrize("source", [b"", b"PK\x03\x04", b"%PDF-1.4", b"x" * 1_100_000])
def test_what_is_no_docx_is_refused(fields, source):
    assert refusal(source, fields).startswith("Tệp mẫu")


def test_words_of_a_return_are_never_markup_or_fields(fields):
    kept = office_templates.checked(docx("{{ ky }}", "{% for x in chua_bao_cao %}{{ x }}{% endfor %}"), fields)
    evil = "</w:t><w:p>{{ ''.__class__ }}&\x07\a"
    made = said(office_templates.filled(kept, template_fields.values(contents.consolidated(missing=(evil,)), fields)))
    assert "</w:t><w:p>{{ ''.__class__ }}&" in made


def test_a_kept_template_tells_not_who_wrote_it(fields):
    document = Document()
    document.core_properties.author = "Nguyễn Thị Soạn"
    document.add_paragraph("{{ ky }}")
    out = io.BytesIO()
    document.save(out)
    kept = office_templates.checked(out.getvalue(), fields)
    assert "Soạn" not in "".join(
        zipfile.ZipFile(io.BytesIO(kept)).read(name).decode(errors="ignore")
        for name in zipfile.ZipFile(io.BytesIO(kept)).namelist()
    )


# --- The page


def upload(source=None):
    return SimpleUploadedFile("mau.docx", source or starting_template(agency_of(DISTRICT), dt.date(2017, 11, 10)))


@pytest.fixture
def as_head(fields, cast):
    return Officer(cast.appoint("chu_tich", "Lê Văn Chủ", "head", DISTRICT))


def send(browser, file, since="10/11/2017"):
    return browser.post(reverse("reports:office_template", args=PAGE), {"file": file, "since": since})


def test_the_head_gives_a_template_and_the_page_says_that_it_is_used(as_head):
    assert send(as_head, upload()).status_code == 302
    page = as_head.get(reverse("reports:office_template", args=PAGE)).content.decode()
    assert "Đơn vị đang dùng mẫu riêng" in page
    answer = as_head.get(reverse("reports:template_used", args=PAGE))
    assert answer["Content-Disposition"] == 'attachment; filename="mau-dinh_ky-district-737.docx"'
    assert Document(io.BytesIO(answer.content))


def test_a_wrong_template_comes_back_with_the_place(as_head):
    answer = send(as_head, upload(docx("{{ so_luong }}")))
    assert answer.status_code == 422
    assert "không có trường “so_luong”" in answer.content.decode()
    assert not OfficeTemplate.objects.exists()


def test_a_later_template_counts_from_its_day_and_may_be_dropped(as_head, on_day):
    send(as_head, upload(docx("{{ ky }}")), since="20/11/2017")
    page = reverse("reports:template_used", args=PAGE)
    assert as_head.get(page).status_code == 404
    on_day("20/11/2017")
    assert as_head.get(page).status_code == 200
    as_head.post(reverse("reports:template_drop", args=PAGE))
    assert as_head.get(page).status_code == 404
    assert OfficeTemplate.objects.count() == 2


def test_the_drafter_reads_the_fields_and_decides_nothing(fields, as_hanh):
    page = words(as_hanh.get(reverse("reports:office_template", args=PAGE)))
    assert "{{ chi_tieu.a.tu_so }}" in page and "{{ so_lieu.persons_received.so }}" in page
    assert re.search(r"{% for \w+ in cac_don_vi %}", page)
    assert "Tải mẫu của đơn vị lên" not in page
    assert send(as_hanh, upload()).status_code == 403


def test_to_others_the_page_does_not_exist(fields, as_quang, as_lan):
    for browser in (as_quang, as_lan):
        assert browser.get(reverse("reports:office_template", args=PAGE)).status_code == 404


def test_who_does_not_decide_is_refused_by_the_verb(fields, hanh):
    with pytest.raises(PermissionDenied):
        papers.keep_template(
            by=hanh,
            plan=plans.by_slug(PLAN),
            form=FORM,
            agency=agency_of(DISTRICT),
            file=upload(),
            since=dt.date(2017, 11, 10),
        )
