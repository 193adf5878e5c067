"""What the pages and tables of notices answer to whom (tests/expected.py)."""

PAGES = """
                    lan hanh truong_phong dung hung hoa phuong thu bao son quang vy  anon
/lich/              200 200  200          200  200  200 200    200 200 200 200   200 in
/lich/giao-ban/     200 200  200          200  200  200 200    200 200 200 200   200 in
/lich/dong-bo/      200 200  200          200  200  200 200    200 200 200 200   200 in
/lich/dong-bo/thoi/ on  on   on           on   on   on  on     on  on  on  on    on  in
/lich/khong-co.ics  404 404  404          404  404  404 404    404 404 404 404   404 404
"""
SENT = """
                    lan hanh truong_phong dung hung hoa phuong thu bao son quang vy  anon
/lich/khong-co.ics  405 405  405          405  405  405 405    405 405 405 405   405 405
"""
CLEAR = {"digests keyed by the secret of the installation": ("notices.CalendarFeed.secret_hash",)}
TO_SIGN_IN = {"notices_calendarfeed"}
ASKED_WITHOUT_A_ROW = {
    "desk.py": {"desk_part"},
    "due.py": {"agencies_of"},
}
