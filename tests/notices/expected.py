"""What the pages and tables of notices answer to whom (tests/expected.py)."""

from benan.core.days import clock
from benan.notices import actions, queries, sending
from benan.notices.models import MailSubscription

PAGES = """
                    lan hanh truong_phong dung hung hoa phuong thu bao son quang vy  anon
/lich/              200 200  200          200  200  200 200    200 200 200 200   200 in
/lich/giao-ban/     200 200  200          200  200  200 200    200 200 200 200   200 in
/lich/dong-bo/      200 200  200          200  200  200 200    200 200 200 200   200 in
/lich/dong-bo/thoi/ on  on   on           on   on   on  on     on  on  on  on    on  in
/lich/khong-co.ics  404 404  404          404  404  404 404    404 404 404 404   404 404
/thu-nhac/          200 200  200          200  200  200 200    200 200 200 200   200 in
/thu-nhac/gui-lai/  on  on   on           on   on   on  on     on  on  on  on    on  in
/thu-nhac/thoi/     on  on   on           on   on   on  on     on  on  on  on    on  in
/thu-nhac/xac-nhan/{confirmation}/ 404 200  404          404  404  404 404    404 404 404 404   404 in
"""
SENT = """
                    lan hanh truong_phong dung hung hoa phuong thu bao son quang vy  anon
/lich/khong-co.ics  405 405  405          405  405  405 405    405 405 405 405   405 405
/thu-nhac/xac-nhan/{confirmation}/ on 200  on          on  on  on on    on on on on   on in
"""
TYPED = {"/thu-nhac/": {"address": "hanh@dongnai.gov.vn"}}
CLEAR = {
    "digests keyed by the secret of the installation": (
        "notices.CalendarFeed.secret_hash", "notices.MailSubscription.secret_hash",
    ),
    "what was told to an officer by mail: the key of a plan's day": ("notices.SentNotice.key",),
}  # fmt: skip
KEYS = {"notices.MailSubscription.address"}
TO_SIGN_IN = {"notices_calendarfeed"}
ASKED_WITHOUT_A_ROW = {
    "desk.py": {"desk_part"},
    "due.py": {"agencies_of"},
    "sending.py": {"_wanted"},
    "views/letters.py": {"letters"},
}


def life(world):
    """A district officer whom a letter asks to confirm the address."""
    hanh = world.cast.officer("hanh")
    actions.choose_letters(by=hanh, address="hanh@dongnai.gov.vn", reminders=True, digest=True)
    asked = {"secret_hash": queries.confirmation_digest("bi-mat"), "secret_until": clock() + sending.SECRET_LIFE}
    MailSubscription.objects.filter(user=hanh).update(**asked)
    return {"confirmation": "bi-mat"}
