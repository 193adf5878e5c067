"""What the pages of shell answer to whom (tests/expected.py)."""

PAGES = """
                 lan hanh truong_phong dung hung hoa phuong thu bao son quang vy  anon
/                200 200  200          200  200  200 200    200 on  200 200   200 in
/da-doc/         on  on   on           on   on   on  on     on  on  on  on    on  in
/mau-trang-thai/ 200 200  200          200  200  200 200    200 200 200 200   200 in
"""

MAY_REPEAT = {"shell:explained"}
ASKED_WITHOUT_A_ROW = {
    "context.py": {"_agency", "_places", "shell"},
    "queries.py": {"_idle", "_title", "desk"},
    "setting_up.py": {"steps_left"},
    "views.py": {"home"},
}
