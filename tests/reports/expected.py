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
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/            404 404  404          404  404  404 404    200 200 404 200   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/            404 200 404 404 404 404 404 200 200 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/lan-1/      404 200 404 404 404 404 404 200 200 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/trinh/      404 404  404          404  404  404 404    200 200 404 200   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/nop/        on  on   on           on   on   on  on     on  on  on  on    on in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/chuyen-lai/ 404 404  404          404  404  404 404    403 403 404 403   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/tinh-lai/   on  on   on           on   on   on  on     on  on  on  on    on in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/nhan/       on  on  on  on  on  on  on  on  on  on  on  on  in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/tra-lai/    404 403 404 404 404 404 404 200 403 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/thay-the/   404 200 404 404 404 404 404 403 403 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/van-ban/    404 200 404 404 404 404 404 403 403 404 404 404 in
"""
SENT = """
                                                                       lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/ke-hoach/12089-KH-UBND-2016/bao-cao/so-lieu/tai/                      403 403 403 403 403 403 403 200 200 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/mo/theo-ke-hoach/                 403 403 403 403 403 403 403 404 403 403 403 403 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/            404 404  404          404  404  404 404    403 403 404 200   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/trinh/      404 404  404          404  404  404 404    403 403 404 200   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/nop/        404 404  404          404  404  404 404    403 403 404 403   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-736/tinh-lai/   404 404  404          404  404  404 404    403 403 404 200   404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/            404 200 404 404 404 404 404 403 403 404 404 404 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/nam-2017/district-737/nhan/       404 403 404 404 404 404 404 200 403 404 404 404 in
"""

MAY_REPEAT = {"reports:report_docx"}
ASKED_WITHOUT_A_ROW = {
    "actions/__init__.py": {"make_report"},
    "desk.py": {"desk_part"},
    "policy.py": {"readable"},
    "views/__init__.py": {"_report_page"},
}


def life(world):
    """The yearly report of 2017: that of Quang's district is being drafted, that of Hạnh's was submitted."""
    reporting = Reporting(world.cast)
    reporting.submitted(of(reporting.opened(), "district-737"))
    return {}
