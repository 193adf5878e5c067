"""What the pages of reports answer to whom (tests/expected.py)."""

PAGES = """
                                                   lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/bao-cao/                                          on  on  on  on  on  on  on  on  on  on  on  on  in
/ke-hoach/12089-KH-UBND-2016/bao-cao/              200 200 200 200 200 200 200 200 200 200 200 200 in
/ke-hoach/12089-KH-UBND-2016/bao-cao/tai/          on  on  on  on  on  on  on  on  on  on  on  on  in
"""
SENT = """
                                                   lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/ke-hoach/12089-KH-UBND-2016/bao-cao/tai/          403 403 403 403 403 403 403 200 200 403 403 403 in
"""

MAY_REPEAT = {"reports:report_docx"}
ASKED_WITHOUT_A_ROW = {
    "actions.py": {"make_report"},
    "desk.py": {"desk_part"},
    "views.py": {"_report_page"},
}
