"""Letters by mail: to whom, when, once; what they say and what they never say."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from benan.accounts.models import Membership, User
from benan.audit.models import Event
from benan.core import sealing
from benan.core.days import clock
from benan.core.refusals import Refused
from benan.notices import actions, addresses, letters, queries, sending
from benan.notices.models import MailSubscription, SentNotice
from tests.cast import TODAY, day, words

pytestmark = pytest.mark.django_db
ADDRESS, OTHER = "hanh@dongnai.gov.vn", "phong@dongnai.gov.vn"
MONDAY = day("13/11/2017")
DAY, MORNING = dt.timedelta(days=1), 9


@pytest.fixture(autouse=True)
def server(settings, demo):
    """Letters go to a server, which the tests hold in memory."""
    settings.SENDS_MAIL, settings.SITE_URL = True, "https://ben-an.noibo"


def chosen(user, reminders=True, digest=False, confirmed=True, address=ADDRESS):
    row = actions.choose_letters(by=user, address=address, reminders=reminders, digest=digest)
    if confirmed:
        MailSubscription.objects.filter(pk=row.pk).update(confirmed_at=clock())
    return row


def sent(today=TODAY, hour=MORNING):
    """The letters that one run sends."""
    before = len(mail.outbox)
    sending.send_due(today, hour)
    return mail.outbox[before:]


def test_nothing_but_a_question_goes_to_an_address_before_it_is_confirmed(planned, as_hanh):
    planned("labour-737", "10/11/2017")
    as_hanh.send("notices:letters", address=ADDRESS, letters=["reminders", "digest"])
    [letter] = sent(MONDAY)
    assert letter.to == [ADDRESS] and letter.subject == "Bến An: xác nhận nơi nhận thư nhắc việc"
    assert "Nộp báo cáo" not in letter.body and sent(MONDAY) == []
    assert "Địa chỉ chưa được xác nhận." in words(as_hanh.open("notices:letters"))
    url = re.search(r"https://ben-an\.noibo(/thu-nhac/xac-nhan/\S+/)", letter.body)[1]
    assert "Xác nhận" in words(as_hanh.get(url))
    assert MailSubscription.objects.get().confirmed_at is None, "looking confirms nothing"
    assert "Đã xác nhận" in words(as_hanh.post(url, follow=True))
    assert "Địa chỉ đã được xác nhận lúc" in words(as_hanh.open("notices:letters"))
    assert len(sent(MONDAY)) == 2 and as_hanh.get(url).status_code == 404


def test_only_the_officer_who_gave_the_address_confirms_it(as_hanh, as_lan, lan, hanh):
    chosen(hanh, confirmed=False)
    [letter] = sent()
    url = re.search(r"/thu-nhac/xac-nhan/\S+/", letter.body)[0]
    assert as_lan.get(url).status_code == 404
    with pytest.raises(Refused):
        actions.confirm_address(by=lan, secret=url.split("/")[-2])
    assert MailSubscription.objects.get().confirmed_at is None


def test_the_link_in_the_letter_ends_after_seven_days(hanh):
    chosen(hanh, confirmed=False)
    sent()
    row = MailSubscription.objects.get()
    assert dt.timedelta(days=6) < row.secret_until - clock() <= dt.timedelta(days=7)
    secret = re.search(r"/xac-nhan/(\S+)/", mail.outbox[0].body)[1]
    assert len(secret) >= 32 and secret not in row.secret_hash
    MailSubscription.objects.update(secret_until=clock())
    with pytest.raises(Refused):
        actions.confirm_address(by=hanh, secret=secret)


def test_another_letter_makes_the_link_of_the_one_before_void(as_hanh, hanh):
    chosen(hanh, confirmed=False)
    old = re.search(r"/thu-nhac/xac-nhan/\S+/", sent()[0].body)[0]
    as_hanh.send("notices:ask_again")
    new = re.search(r"/thu-nhac/xac-nhan/\S+/", sent()[0].body)[0]
    assert (as_hanh.get(old).status_code, as_hanh.get(new).status_code) == (404, 200)


def test_nobody_is_asked_again_and_again_within_a_day(hanh):
    chosen(hanh, confirmed=False)
    asked = []
    for _time in range(8):
        asked += sent()
        actions.ask_for_letter(by=hanh)
    assert len(asked) == sending.MOST_CONFIRMATIONS


def test_the_address_is_sealed_and_on_no_trail(hanh):
    row = chosen(hanh)
    assert ADDRESS.encode() not in bytes(row.address) and addresses.unseal(row) == ADDRESS
    row.user_id += 1
    with pytest.raises(Refused):
        addresses.unseal(row)
    assert [each.data for each in Event.objects.filter(event="letters_chosen")] == [
        {"reminders": True, "digest": False}
    ]


def test_another_address_is_confirmed_anew_and_the_same_one_is_not(hanh):
    chosen(hanh)
    assert actions.choose_letters(by=hanh, address=ADDRESS, reminders=False, digest=True).confirmed_at
    assert actions.choose_letters(by=hanh, address=OTHER, reminders=True, digest=True).confirmed_at is None


@pytest.mark.parametrize(
    "typed", ["hanh", "hanh@", "a@b c.vn", "hanh@x.vn\nBcc: y@x.vn", "Hạnh <h@x.vn>", "a@x.vn,b@x.vn"]
)
def test_what_is_no_address_is_refused(as_hanh, typed):
    page = as_hanh.send("notices:letters", address=typed, letters=["digest"])
    assert page.status_code == 422 and "không phải là một địa chỉ thư điện tử" in words(page)
    assert not MailSubscription.objects.exists()


def test_who_chooses_no_letter_is_told_how_to_stop(as_hanh):
    page = as_hanh.send("notices:letters", address=ADDRESS)
    assert page.status_code == 422 and "Chọn ít nhất một loại thư" in words(page)


def test_who_withdraws_gets_nothing_and_leaves_no_address(planned, as_hanh, hanh):
    planned("labour-737", "10/11/2017")
    chosen(hanh)
    as_hanh.send("notices:withdraw_letters")
    assert not MailSubscription.objects.exists() and sent() == []


WHEN = {-8: "", -7: "-7", -2: "-7", -1: "-1", 0: "+0", 1: "+1", 7: "+1", 8: "+8", 15: "+15", 21: "+15"}


@pytest.mark.parametrize(("after", "slot"), WHEN.items())
def test_reminders_come_before_on_and_after_the_day(planned, after, slot):
    one = planned("labour-737", "09/11/2017")
    key = letters.reminder_key(one, one.day + after * DAY)
    assert key.rpartition(":")[2] == slot


def test_each_reminder_is_sent_once_and_one_that_was_missed_only_where_none_came_since(planned, hanh):
    planned("labour-737", "20/11/2017")
    chosen(hanh)
    got = {n: len(sent(day("20/11/2017") + n * DAY)) for n in (-8, -7, -6, -1, 0, 0, 5, 8, 9, 30)}
    assert got == {-8: 0, -7: 1, -6: 0, -1: 1, 0: 0, 5: 1, 8: 1, 9: 0, 30: 1}
    assert SentNotice.objects.filter(outcome="sent").count() == 6


def test_one_letter_tells_all_that_is_due_and_how_to_stop(planned, hanh):
    planned("labour-737", "08/11/2017", "Nộp kế hoạch năm", key="a")
    planned("labour-737", "14/11/2017", "Nộp báo cáo năm", key="b")
    planned("labour-737", "14/11/2017", "Đã nộp", key="c", done=True)
    chosen(hanh)
    [letter] = sent()
    assert letter.subject == "Bến An: nhắc việc của kế hoạch" and letter.from_email
    assert letter.body.split("\n") == [
        "Việc của kế hoạch đến hạn hoặc quá hạn:", "",
        "- Nộp kế hoạch năm (Quá hạn 1 ngày)", "  chậm nhất 08/11/2017 · kế hoạch 12089/KH-UBND, mục VI.1",
        "- Nộp báo cáo năm (Còn 5 ngày)", "  chậm nhất 14/11/2017 · kế hoạch 12089/KH-UBND, mục VI.1", "",
        "Xem và làm, sau khi đăng nhập: https://ben-an.noibo/lich/",
        "Không muốn nhận thư này nữa: mở https://ben-an.noibo/thu-nhac/ rồi bấm Thôi nhận thư.",
    ]  # fmt: skip
    assert letter.message()["Auto-Submitted"] == "auto-generated" and letter.content_subtype == "plain"


def test_a_day_that_was_moved_is_told_anew(planned, hanh, monkeypatch):
    planned("labour-737", "14/11/2017", key="a")
    chosen(hanh)
    assert len(sent()) == 1
    planned("labour-737", "15/11/2017", key="a")
    assert len(sent()) == 1


def test_the_digest_tells_the_week_in_plan_days_and_numbers(planned, hanh, notified, on_day):
    case = notified()
    on_day("13/11/2017")
    planned("labour-737", "10/11/2017", "Nộp kế hoạch năm", key="a")
    planned("labour-737", "15/11/2017", "Nộp báo cáo năm", key="b")
    planned("labour-737", "27/11/2017", "Gửi số liệu", key="c")
    chosen(hanh, reminders=False, digest=True)
    [letter] = sent(MONDAY)
    said = letter.body
    assert letter.subject == "Bến An: việc trong tuần" and not re.search(r"\d", letter.subject)
    order = ["Tuần từ 13/11/2017 đến 19/11/2017.", "Quá hạn:\n- Nộp kế hoạch năm", "Trong tuần này:\n- Nộp báo cáo năm (Còn 2 ngày)",
             "Sau đó, trong 30 ngày tới:\n- Gửi số liệu", "VIỆC CỦA HỒ SƠ\nQuá hạn: 1. Đến hạn trong tuần này: 0."]  # fmt: skip
    assert [said.find(each) for each in order] == sorted(said.find(each) for each in order) and order[-1] in said
    assert case.code not in said and case.alias not in said and hanh.full_name not in said


@pytest.mark.parametrize(
    ("on", "hour", "many"),
    [("13/11/2017", 6, 0), ("13/11/2017", 7, 1), ("14/11/2017", 7, 1), ("15/11/2017", 7, 0), ("12/11/2017", 7, 0)],
)
def test_the_digest_comes_on_monday_from_seven(hanh, on, hour, many):
    chosen(hanh, reminders=False, digest=True)
    assert len(sent(day(on), hour)) == many
    assert sent(day(on), hour) == []


def test_nobody_is_woken_by_a_reminder(planned, hanh):
    planned("labour-737", "10/11/2017")
    chosen(hanh)
    assert sent(hour=6) == [] and len(sent(hour=7)) == 1


def test_who_left_the_service_or_their_role_is_sent_nothing(planned, hanh):
    planned("labour-737", "10/11/2017")
    chosen(hanh)
    Membership.objects.filter(user=hanh).update(until=TODAY - DAY)
    assert sent() == []
    Membership.objects.filter(user=hanh).update(until=None)
    User.objects.filter(pk=hanh.pk).update(is_active=False)
    assert sent() == []
    User.objects.filter(pk=hanh.pk).update(is_active=True)
    assert len(sent()) == 1


def test_an_address_that_this_key_does_not_open_is_passed_over(planned, hanh, dung):
    planned("labour-737", "10/11/2017")
    planned("police-737", "10/11/2017")
    chosen(hanh), chosen(dung, address=OTHER)
    MailSubscription.objects.filter(user=hanh).update(address=b"x" * 60)
    assert sending.send_due(TODAY, MORNING) == {"unreadable": 1, "sent": 1}
    assert mail.outbox[-1].to == [OTHER]


def test_addresses_are_sealed_again_under_another_key(hanh, tmp_path, settings):
    row = chosen(hanh)
    before = bytes(row.address)
    assert actions.seal_again(by=None).changed == 0
    settings.KEY_FILE = str(tmp_path / "other.key")
    sealing.create_key(tmp_path / "other.key")
    assert actions.seal_again(by=None).unreadable == 1
    assert bytes(MailSubscription.objects.get().address) == before
    assert actions.seal_again(by=None, after=row.pk) is None


def test_without_a_server_nothing_is_sent_and_the_page_says_so(planned, as_hanh, hanh, settings, capsys, monkeypatch):
    planned("labour-737", "10/11/2017")
    chosen(hanh)
    monkeypatch.setattr(sending, "is_demo", lambda: False)
    settings.SENDS_MAIL = False
    call_command("send_notices")
    assert "chưa có MAIL_URL" in capsys.readouterr().out and mail.outbox == []
    assert "chưa nối với máy chủ thư" in words(as_hanh.open("notices:letters"))


def test_a_demo_puts_letters_into_a_folder(planned, hanh, settings):
    planned("labour-737", "10/11/2017")
    chosen(hanh)
    settings.SENDS_MAIL = False
    assert sending.send_due(TODAY, MORNING) == {"sent": 1}
    [file] = (settings.DATA_DIR / "thu").iterdir()
    assert f"To: {ADDRESS}" in file.read_text()


def test_the_command_prints_numbers_and_takes_a_day(planned, hanh, capsys):
    planned("labour-737", "20/11/2017")
    chosen(hanh)
    for said in ("Thư: 1 đã gửi.", "Không có thư nào đến lúc gửi."):
        call_command("send_notices", "--day", "13/11/2017")
        out = capsys.readouterr().out
        assert said in out and ADDRESS not in out
    with pytest.raises(CommandError, match="không phải là một ngày"):
        call_command("send_notices", "--day", "mai")


def test_what_is_not_sent_in_time_is_left_to_the_next_run(planned, hanh, monkeypatch):
    planned("labour-737", "10/11/2017")
    chosen(hanh)
    monkeypatch.setattr(sending, "LONGEST_RUN", -1)
    assert sending.send_due(TODAY, MORNING) == {"left": 1} and not SentNotice.objects.exists()


def test_administrators_see_how_letters_fared_and_others_do_not(as_van, as_hanh, hanh):
    SentNotice.objects.create(user=hanh, kind="reminder", key="a", outcome="refused", attempts=1, at=clock())
    assert "1 máy chủ thư từ chối" in words(as_van.open("notices:letters"))
    assert "1 thư nhắc việc bị máy chủ thư từ chối" in words(as_van.open("shell:home"))
    assert "mọi cán bộ" not in words(as_hanh.open("notices:letters"))


def test_what_was_sent_long_ago_is_forgotten(hanh):
    old = clock() - sending.REMEMBERED
    SentNotice.objects.create(user=hanh, kind="reminder", key="a", outcome="sent", attempts=1, at=old)
    sent()
    assert not SentNotice.objects.exists() and queries.sendings(clock())["failed"] == 0
