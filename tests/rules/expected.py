"""What the pages and tables of rules answer to whom (tests/expected.py)."""

PAGES = """
       lan hanh truong_phong dung hung hoa phuong thu bao son quang vy  anon
/luat/ 200 200  200          200  200  200 200    200 200 200 200   200 in
"""

ASKED_WITHOUT_A_ROW = {"views.py": {"law"}}
ABOUT_NO_PERSON = True
OPEN = {
    "the law, from data files, asked by ranges of days": (
        "rules_entitlement", "rules_instrument", "rules_officialday", "rules_timelimit",
    ),
}  # fmt: skip
