"""What the pages and tables of plans answer to whom (tests/expected.py)."""

PAGES = """
                           lan hanh truong_phong dung hung hoa phuong thu bao son quang vy anon
/ke-hoach/                 200 200  200          200  200  200 200    200 200 200 200   200 in
/ke-hoach/chi-tieu/II.2.a/ 200 200  200          200  200  200 200    200 200 200 200   200 in
/ke-hoach/chi-tieu/II.9/   404 404  404          404  404  404 404    404 404 404 404   404 in
/ke-hoach/muc/             200 200  200          200  200  200 200    200 200 200 200   200 in
/ke-hoach/muc/VI.3/        200 200  200          200  200  200 200    200 200 200 200   200 in
"""

ASKED_WITHOUT_A_ROW = {
    "pages.py": {"clauses_page"},
    "serving.py": {"pages_open_to"},
}
ABOUT_NO_PERSON = True
OPEN = {
    "plans, from data files": (
        "plan_clause", "plan_clause_serves", "plan_clauseagency", "plan_plandeadline", "plan_plan", "plan_section",
    ),
}  # fmt: skip
