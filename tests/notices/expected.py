"""What the pages and tables of notices answer to whom (tests/expected.py)."""

PAGES = """
                lan hanh truong_phong dung hung hoa phuong thu bao son quang vy  anon
/lich/          200 200  200          200  200  200 200    200 200 200 200   200 in
/lich/giao-ban/ 200 200  200          200  200  200 200    200 200 200 200   200 in
"""
ASKED_WITHOUT_A_ROW = {
    "desk.py": {"desk_part"},
    "due.py": {"agencies_of"},
}
