"""What the pages and tables of accounts answer to whom (tests/expected.py)."""

import datetime as dt

from benan.accounts.actions import endings, numbers, officers
from benan.accounts.models import Membership
from tests.cast import TODAY

PAGES = """
                                       lan hanh truong_phong dung hung hoa phuong thu bao son quang vy  anon
/so-truc/                              200 200  200          200  200  200 200    200 200 200 200   200 in
/so-truc/them/                         403 403  403          403  403  403 403    403 403 403 403   200 in
/so-truc/{number}/thoi/                403 403  403          403  403  403 403    403 403 403 403   200 in
/xac-nhan/                             403 403  200          403  200  403 403    403 403 403 403   200 in
/xac-nhan/{waiting}/                   403 403  200          403  404  403 403    403 403 403 403   404 in
/xac-nhan/thoi/{ending}/               403 403  403          403  404  403 403    403 403 403 403   200 in
/xac-nhan/thoi/{ending}/khong-dong-y/  on  on   on           on   on   on  on     on  on  on  on    on  in
/xac-nhan/thoi/{ending}/rut/           on  on   on           on   on   on  on     on  on  on  on    on  in
/xac-nhan/mat-dien-thoai/hanh/         403 403  200          403  404  403 403    403 403 403 403   200 in
/tai-khoan/                            403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/vai-tro/                    403 403  200          403  200  403 403    403 403 403 403   200 in
/tai-khoan/hanh/                       403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/hanh/giao/receiver/         403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/hanh/thoi/{seat}/           403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/hanh/ho-ten/                403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/hanh/ngung/                 403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/hanh/mo-lai/                403 403  403          403  403  403 403    403 403 403 403   200 in
/tai-khoan/hanh/duong-dan/             on  on   on           on   on   on  on     on  on  on  on    on  in
/tai-khoan/hanh/mo-khoa/               on  on   on           on   on   on  on     on  on  on  on    on  in
/vao/{secret}/                         200 200  200          200  200  200 200    200 200 200 200   200 200
/cua/vao/                              on  on   on           on   on   on  on     on  on  on  on    on  200
/cua/ra/                               200 200  200          200  200  200 200    200 200 200 200   200 in
/cua/tam-ngung/                        200 200  200          200  200  200 200    200 200 200 200   200 200
/cua/lap-tai-khoan/                    on  on   on           on   on   on  on     on  on  on  on    on  200
/cua/xac-nhan-lai/                     200 200  200          200  200  200 200    200 200 200 200   200 in
/cua/mat-khau/                         200 200  200          200  200  200 200    200 200 200 200   200 in
/cua/mat-khau/dat/                     on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/mat-khau/quen/                    200 200  200          200  200  200 200    200 200 200 200   200 200
/cua/phien/dong/                       on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/                         200 200  200          200  200  200 200    200 200 200 200   200 in
/cua/buoc-hai/authenticate/            on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/reauthenticate/          200 200  200          200  200  200 200    200 200 200 200   200 in
/cua/buoc-hai/doi-dien-thoai/          on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/totp/activate/           on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/totp/deactivate/         on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/recovery-codes/          on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/recovery-codes/generate/ on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/buoc-hai/recovery-codes/download/ on  on   on           on   on   on  on     on  on  on  on    on  in
"""
SENT = """
                                      lan hanh truong_phong dung hung hoa phuong thu bao son quang vy  anon
/xac-nhan/mat-dien-thoai/hanh/        403 403  200          403  404  403 403    403 403 403 403   403 in
/xac-nhan/thoi/{ending}/khong-dong-y/ 403 403  403          403  404  403 403    403 403 403 403   on  in
/xac-nhan/thoi/{ending}/rut/          403 403  403          403  404  403 403    403 403 403 403   on  in
/cua/phien/dong/                      on  on   on           on   on   on  on     on  on  on  on    on  in
/cua/ra/                              in  in   in           in   in   in  in     in  in  in  in    in  in
/cua/tam-ngung/                       405 405  405          405  405  405 405    405 405 405 405   405 405
/cua/buoc-hai/                        405 405  405          405  405  405 405    405 405 405 405   405 in
/tai-khoan/hanh/duong-dan/            403 403  403          403  403  403 403    403 403 403 403   on  in
/tai-khoan/hanh/mo-khoa/              403 403  403          403  403  403 403    403 403 403 403   on  in
"""

CLEAR = {
    "numbers of papers about officers": ("accounts.Membership.paper_no",),
    "officers, who are no persons under care": (
        "accounts.User.password", "accounts.User.username", "accounts.User.full_name", "accounts.User.former_names",
        "accounts.EntryLink.secret_hash", "accounts.EntryLink.used_from", "accounts.Session.session_key",
    ),
    "ids of accounts and keyed hashes of addresses": ("accounts.FailedAttempts.counter",),
    "digests keyed by a number that only the page of the form carries, and the address where it led": (
        "accounts.SentForm.token", "accounts.SentForm.content", "accounts.SentForm.led_to",
    ),
}  # fmt: skip
KEYS = {"accounts.Session.session_data"}
TO_SIGN_IN = {
    "accounts_entrylink", "accounts_failedattempts", "accounts_installation", "accounts_membership", "accounts_session",
    "accounts_user", "mfa_authenticator",
}  # fmt: skip


def life(world):
    """A number on call; a new account with a role that waits for the second of two; a role about to end."""
    vy, hanh, head = map(world.cast.officer, ("vy", "hanh", "truong_phong"))
    number = numbers.add_number(by=vy, desk="labour_office", area_code="737", label="Trực", phone="0251 3000000",
                                from_hour=dt.time(0), to_hour=dt.time(23, 59), since=TODAY)  # fmt: skip
    new, secret = officers.make_account(by=vy, username="moi", full_name="Trần Mới")
    seat = Membership.objects.get(user=hanh)
    waiting = Membership.objects.create(user=new, agency=seat.agency, role="caseworker", since=TODAY, granted_by=vy)
    ending = endings.ask_to_end_role(by=vy, membership=Membership.objects.get(user=head), until=TODAY, why="moved")
    return {"seat": seat.pk, "waiting": waiting.pk, "number": number.pk, "secret": secret, "ending": ending.pk}
