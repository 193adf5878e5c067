"""What the pages and tables of reports answer to whom (tests/expected.py)."""

from tests.reports.playing import Reporting, of

PAGES = """
                                                                       lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/bao-cao/                                                              on  on  on  on  on  on  on  on  on  on  on  on  in
/ke-hoach/12089-KH-UBND-2016/bao-cao/                                  200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/so-lieu/                          200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/so-lieu/tai/                      on  on  on  on  on  on  on  on  on  on  on  on  in
/ke-hoach/12089-KH-UBND-2016/bao-cao/mo/                               403 403 403 403 403 403 403 200 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/mo/theo-ke-hoach/                 on  on  on  on  on  on  on  on  on  on  on  on  in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/                         200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/lap-tong-hop/            403 403 403 403 403 403 403 200 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/            404 404  404          404  404  404 404    404 404 404 200   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/            404 200 404 404 404 404 404 200 200 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/lan-1/      404 200 404 404 404 404 404 200 200 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/trinh/      404 404  404          404  404  404 404    404 404 404 200   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/nop/        404 404  404          404  404  404 404    404  404  404 on    404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/chuyen-lai/ 404 404  404          404  404  404 404    404  404  404 on    404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/tinh-lai/   404 404  404          404  404  404 404    404  404  404 on    404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/nhan/       404 on  404 404 404 404 404 on  on  404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/vao-so/     404 on  404 404 404 404 404 on  on  404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/tra-lai/    404 on  404 404 404 404 404 200 on  404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/thay-the/   404 200 404 404 404 404 404 on  on  404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/van-ban/tep/ 404 200 404 404 404 404 404 on  on  404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/tai-docx/     on  on  on  on  on  on  on  on  on  on  on  on  in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/tai-xlsx/     on  on  on  on  on  on  on  on  on  on  on  on  in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/tai-phieu-trinh/ on  on  on  on  on  on  on  on  on  on  on  on  in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/tai-mau-rieng/ on  on  on  on  on  on  on  on  on  on  on  on  in
/ke-hoach/12089-KH-UBND-2016/mau-bao-cao/dinh_ky/district-737/tep/       404 200 404 404 404 404 404 404 404 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/mau-bao-cao/dinh_ky/district-737/khoi-dau/  404 file 404 404 404 404 404 404 404 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/mau-bao-cao/dinh_ky/district-737/dang-dung/ 404 404 404 404 404 404 404 404 404 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/mau-bao-cao/dinh_ky/district-737/bo/        on  on  on  on  on  on  on  on  on  on  on  on  in
/bieu-thong-ke/                                                          on  on  on  on  on  on  on  on  on  on  on  on  in
/bieu-thong-ke/2017/                                                     403 403 403 403 403 403 403 200 403 403 403 403 in
/bieu-thong-ke/2017/508/                                                 403 403 403 403 403 403 403 404 403 403 403 403 in
/bieu-thong-ke/2017/508/tai-docx/                                        on  on  on  on  on  on  on  on  on  on  on  on  in
/bieu-thong-ke/2017/508/tai-xlsx/                                        on  on  on  on  on  on  on  on  on  on  on  on  in
"""
SENT = """
                                                                       lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/ke-hoach/12089-KH-UBND-2016/bao-cao/so-lieu/tai/                      403 403 403 403 403 403 403 200 200 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/mo/theo-ke-hoach/                 403 403 403 403 403 403 403 404 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/            404 404  404          404  404  404 404    404 404 404 200   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/trinh/      404 404  404          404  404  404 404    404 404 404 200   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/nop/        404 404  404          404  404  404 404    404 404 404 403   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/tinh-lai/   404 404  404          404  404  404 404    404 404 404 200   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/            404 200 404 404 404 404 404 403 403 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/nhan/       404 403 404 404 404 404 404 200 403 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/vao-so/     404 403 404 404 404 404 404 200 403 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/chuyen-lai/ 404 404  404          404  404  404 404    404 404 404 403   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/tra-lai/    404 403 404 404 404 404 404 200 403 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/thay-the/   404 200 404 404 404 404 404 403 403 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/van-ban/tep/ 404 200 404 404 404 404 404 403 403 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/tai-docx/     404 200 404 404 404 404 404 200 200 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/tai-xlsx/     404 200 404 404 404 404 404 200 200 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/tai-phieu-trinh/ 404 200 404 404 404 404 404 200 200 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/tai-mau-rieng/ 404 404 404 404 404 404 404 404 404 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/mau-bao-cao/dinh_ky/district-737/tep/       404 403 404 404 404 404 404 404 404 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/mau-bao-cao/dinh_ky/district-737/bo/        404 403 404 404 404 404 404 404 404 404 404 404 in
/bieu-thong-ke/2017/508/tai-docx/                                        403 403 403 403 403 403 403 404 403 403 403 403 in
/bieu-thong-ke/2017/508/tai-xlsx/                                        403 403 403 403 403 403 403 404 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/mau-bao-cao/dinh_ky/district-737/khoi-dau/  405 405 405 405 405 405 405 405 405 405 405 405 in
/ke-hoach/12089-KH-UBND-2016/mau-bao-cao/dinh_ky/district-737/dang-dung/ 405 405 405 405 405 405 405 405 405 405 405 405 in
"""

MAY_REPEAT = {
    "reports:report_docx", "reports:download_docx", "reports:download_xlsx", "reports:download_note", "reports:download_own",
    "reports:official_docx", "reports:official_xlsx",
}  # fmt: skip
KEYS = {"reports.OfficeTemplate.file"}
CLEAR = {
    "periods and returns: counts, and words about the work of agencies": ("reports.Period.key", "reports.Period.kind", "reports.Period.name", "reports.Period.clause", "reports.Period.ground", "reports.Period.form", "reports.Period.givers", "reports.Period.consolidation", "reports.Return.measures", "reports.Return.gathered", "reports.Return.paper_no", "reports.Cell.line", "reports.Cell.part", "reports.Cell.words", "reports.Cell.reason", "reports.Narrative.section", "reports.Narrative.words", "reports.Narrative.proposed", "reports.ReturnStep.words", "reports.ReturnStep.content",),
    "codes of forms, tables, rows and columns": (
        "reports.OfficeTemplate.form", "reports.TypedCell.table", "reports.TypedCell.row", "reports.TypedCell.column",
    ),
}  # fmt: skip
ASKED_WITHOUT_A_ROW = {
    "actions/__init__.py": {"make_report"},
    "actions/signed.py": {"record_paper"},
    "desk.py": {"desk_part"},
    "policy.py": {"readable"},
    "paper_policy.py": {"decides_template"},
    "views/__init__.py": {"_report_page"},
}


def life(world):
    """The yearly report of 2017: that of Quang's district is being drafted, that of Hạnh's was submitted."""
    reporting = Reporting(world.cast)
    reporting.submitted(of(reporting.opened(), "district-737"))
    return {}
