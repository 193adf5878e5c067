"""Letters and a mail server that takes them, refuses them, falls silent, or is not there; two runs at once."""

import socketserver
import subprocess
import sys
import threading

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from benan.core.days import clock
from benan.notices import actions, queries, sending
from benan.notices.models import MailSubscription, SentNotice
from ops import Unready, mail
from tests.at_once import at_once
from tests.cast import TODAY
from tests.house import ROOT

ADDRESSES = {"hanh": "hanh@dongnai.gov.vn", "dung": "dung@dongnai.gov.vn"}


class Server(socketserver.ThreadingTCPServer):
    """A mail server on this machine: what came (`letters`), whom it refuses, and whether it leaves before it answers to a letter."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.letters, self.refused, self.leaves = [], set(), False


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 thu")
        to = []
        while line := self.rfile.readline():
            word, told = line[:4].upper(), line.decode().strip()
            if word == b"RCPT":
                to = told.partition("<")[2].rstrip(">")
                self.say("550 no" if to in self.server.refused else "250 ok")
            elif word == b"DATA":
                self.say("354 go on")
                self.server.letters.append((to, b"".join(iter(self.rfile.readline, b".\r\n")).decode()))
                if self.server.leaves:
                    return
                self.say("250 ok")
            else:
                self.say("221 bye" if word == b"QUIT" else "250 ok")

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")


@pytest.fixture
def server(settings):
    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        settings.SENDS_MAIL, settings.EMAIL_BACKEND = True, "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.server_address
        yield running
        running.shutdown()


@pytest.fixture
def two(demo, cast, planned):
    """Two officers with something due, who want reminders."""
    return choose(cast, planned)


def choose(cast, planned):
    for name, address in ADDRESSES.items():
        planned("labour-737" if name == "hanh" else "police-737", "10/11/2017")
        actions.choose_letters(by=cast.officer(name), address=address, reminders=True, digest=False)
    MailSubscription.objects.update(confirmed_at=clock())


def run():
    return dict(sending.send_due(TODAY, 9))


def an_hour_later():
    SentNotice.objects.update(at=clock() - sending.AGAIN_AFTER)


@pytest.mark.django_db
def test_a_server_takes_a_letter_each(server, two):
    assert run() == {"sent": 2} and run() == {}
    assert [to for to, _letter in server.letters] == list(ADDRESSES.values())
    assert "Content-Type: text/plain" in server.letters[0][1]


@pytest.mark.django_db
def test_one_address_that_is_refused_keeps_nobody_else_waiting_and_is_tried_again(server, two):
    server.refused = {ADDRESSES["hanh"]}
    assert run() == {"refused": 1, "sent": 1} and run() == {}
    an_hour_later()
    server.refused = set()
    assert run() == {"sent": 1} and [to for to, _letter in server.letters] == [ADDRESSES["dung"], ADDRESSES["hanh"]]


@pytest.mark.django_db
def test_what_is_refused_again_and_again_is_given_up(server, two):
    server.refused = set(ADDRESSES.values())
    for _time in range(8):
        run()
        an_hour_later()
    assert set(SentNotice.objects.values_list("outcome", "attempts")) == {("given_up", sending.MOST_ATTEMPTS)}
    assert server.letters == [] and queries.sendings(clock())["failed"] == 2


@pytest.mark.django_db
def test_a_letter_that_may_have_arrived_is_never_sent_again(server, two):
    server.leaves = True
    assert run() == {"sending": 2}
    server.leaves = False
    an_hour_later()
    assert run() == {} and len(server.letters) == 2


@pytest.mark.django_db
def test_where_no_server_answers_nothing_is_claimed_and_administrators_are_told(server, two, as_van):
    server.shutdown(), server.server_close()
    with pytest.raises(CommandError, match="Không nối được máy chủ thư"):
        call_command("send_notices", "--day", "09/11/2017")
    assert not SentNotice.objects.exists()
    assert "Không nối được máy chủ thư từ" in as_van.open("notices:letters").content.decode()


@pytest.mark.django_db
def test_a_server_that_answers_again_is_told_too(server, two):
    cache.set(queries.UNREACHABLE, clock().isoformat(), 60)
    run()
    assert queries.sendings(clock())["unreachable"] is None


@pytest.mark.django_db
def test_a_run_that_is_stopped_between_two_letters_is_taken_up_by_the_next(server, two):
    def stop(_counts):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sending.send_due(TODAY, 9, stop)
    assert run() == {"sent": 1} and len(server.letters) == 2


def test_two_runs_at_the_same_moment_send_each_letter_once(server, town, planned):
    choose(town, planned)
    ended = at_once(town.copy, "SELECT 1 FROM notices_mailsubscription FOR UPDATE", run, run)
    assert sum(each.get("sent", 0) for each in ended) == 2 and len(server.letters) == 2, ended


GOOD = {
    "smtp+tls://ben-an:m%40t@thu.dongnai.gov.vn": ("smtp+tls", "thu.dongnai.gov.vn", 587, "ben-an", "m@t"),
    "smtps://ben-an:x@thu:4650": ("smtps", "thu", 4650, "ben-an", "x"),
    "smtp://thu": ("smtp", "thu", 25, "", ""),
    "smtp://a:b@127.0.0.1:2525/": ("smtp", "127.0.0.1", 2525, "a", "b"),
}


@pytest.mark.parametrize(("url", "read"), GOOD.items())
def test_a_server_is_read_from_its_url(url, read):
    found = mail.server({"MAIL_URL": url, "MAIL_FROM": "ben-an@dongnai.gov.vn"})
    assert (found.scheme, found.host, found.port, found.user, found.password) == read


def test_the_password_may_be_in_a_file(tmp_path):
    (tmp_path / "mail.password").write_text("bí mật\n")
    environment = {
        "MAIL_URL": "smtps://a@thu",
        "MAIL_FROM": "a@b.vn",
        "MAIL_PASSWORD_FILE": str(tmp_path / "mail.password"),
    }
    assert mail.server(environment).password == "bí mật"
    with pytest.raises(Unready, match="MAIL_PASSWORD_FILE"):
        mail.server(environment | {"MAIL_PASSWORD_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"MAIL_URL": "thu:25", "MAIL_FROM": "a@b.vn"}, "MAIL_URL"),
        ({"MAIL_URL": "http://thu", "MAIL_FROM": "a@b.vn"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://thu:cổng", "MAIL_FROM": "a@b.vn"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://[thu", "MAIL_FROM": "a@b.vn"}, "MAIL_URL"),
        ({"MAIL_URL": "smtps://thu"}, "MAIL_FROM"),
        ({"MAIL_URL": "smtp://a:bimat@thu", "MAIL_FROM": "a@b.vn"}, "không mã hóa"),
    ],
)
def test_what_cannot_be_read_or_would_tell_a_password_is_refused_without_it(environment, said):
    with pytest.raises(Unready, match=said) as refused:
        mail.server(environment)
    assert "bimat" not in str(refused.value)


def test_no_url_sends_nothing():
    assert mail.server({}) is None


def settings_of(**environment):
    ask = "from config import settings as s; print(s.EMAIL_BACKEND, s.SENDS_MAIL, getattr(s, 'EMAIL_USE_TLS', None), s.EMAIL_TIMEOUT)"
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_settings_hand_the_server_to_django_and_pages_know_only_that_there_is_one(tmp_path):
    own = {"DATA_DIR": str(tmp_path)}
    smtp, dummy = (f"django.core.mail.backends.{name}.EmailBackend" for name in ("smtp", "dummy"))
    url = {"MAIL_URL": "smtp+tls://a:b@thu", "MAIL_FROM": "a@b.vn"}
    assert settings_of(**own, **url) == [smtp, "True", "True", "10"]
    assert settings_of(**own, SENDS_MAIL="1") == [dummy, "True", "None", "10"]
    assert settings_of(**own) == [dummy, "False", "None", "10"]
