"""A word said by one person is planted wherever the program keeps what tells who somebody is, through the real pages of
a real server; then it is looked for in everything that somebody could carry away.
"""

import base64
import contextlib
import http.cookiejar
import json
import os
import re
import secrets
import subprocess
import unicodedata
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlencode

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.test import override_settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from benan.accounts.actions import links
from benan.accounts.models import EntryLink, Installation
from benan.accounts.sessions import SessionStore
from benan.agencies.models import Agency
from benan.cases.models import Case
from benan.core.text import fold
from benan.needs.models import Need
from benan.support.models import Enrolment, Referral, Visit
from benan.vault.access import FIELDS
from ops import programs
from tests import databases
from tests.cast import COMMUNE, TODAY, Cast, answers_sent
from tests.documents import evil
from tests.expected import APPS, gathered
from tests.house import ours

# Drawn anew each time, so that nothing on the machine holds it by chance.
WORD = "".join(secrets.choice(["Quỳnh", "Bửu", "Thuỷ", "Nghĩa", "Vượng", "Đoá", "Hoè", "Khuê"]) for _ in range(6))
DIGITS = str(secrets.randbelow(9 * 10**8) + 10**8)
CONTROL = f"CV{secrets.randbelow(10**9)}"  # the number of a paper, which stays in clear: what looks must find it
DAY = TODAY.strftime("%d/%m/%Y")

# What is typed and stays in clear, and why that is so: a new column of text belongs there or in the vault.
CLEAR = gathered("CLEAR")


def disguises(word):
    """A word as bytes in every dress it might be stored in."""
    plain = {unicodedata.normalize(form, word) for form in ("NFC", "NFD")} | {fold(word), word.lower(), word.upper()}
    found = set()
    for text in plain:
        for raw in {text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")}:
            found |= {raw, raw.hex().encode(), raw.hex().upper().encode()}
            # Base64 looks different by where in the whole the word begins; what is sure of it is kept.
            for before in range(3):
                coded = base64.b64encode(b"\0" * before + raw)
                found.add(coded[(before * 8 + 5) // 6 : len(coded) - 4])
        found |= {quote(text).encode(), quote(text).lower().encode(), json.dumps(text)[1:-1].encode()}
        found.add(text.encode("ascii", "xmlcharrefreplace"))
    return found


LOOKED_FOR = disguises(WORD) | disguises(DIGITS)


class Browser:
    """Somebody at a real server, without a browser's comforts."""

    def __init__(self, server, secret):
        self.server = server
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.post(f"/vao/{secret}/")

    def get(self, address):
        """(status, page)."""
        return self._ask(address)

    def post(self, address, at=None, **typed):
        """Fill in the form of a page and send it; gives (status, page)."""
        return self._ask(address, urlencode(typed | self._tokens(at or address), doseq=True).encode())

    def post_file(self, address, file, **typed):
        """The same with a file, of a form that is on the page itself."""
        form = encode_multipart(BOUNDARY, typed | self._tokens(address) | {"scan": file})
        return self._ask(address, form, MULTIPART_CONTENT)

    def _tokens(self, address):
        page = self.get(address)[1]
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        seen = re.search(r'name="seen" value="(\d+)"', page)
        once = re.search(r'name="once" value="([^"]+)"', page)[1]
        return {"csrfmiddlewaretoken": token, "once": once} | ({"seen": seen[1]} if seen else {})

    def _ask(self, address, data=None, kind="application/x-www-form-urlencoded"):
        headers = {"Referer": self.server + address} | ({"Content-Type": kind} if data else {})
        request = urllib.request.Request(self.server + address, data, headers)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()


@dataclass
class Evidence:
    """Everything that somebody could carry away, and what was opened on purpose."""

    places: dict = field(default_factory=dict)
    opened: str = ""
    planted: dict = field(default_factory=dict)


@pytest.fixture(scope="module")
def evidence(cluster, django_db_setup, django_db_blocker, tmp_path_factory):
    """The planting and the collecting, once."""
    # A folder for temporary files of the program's own: in everybody's, others come and go.
    log, temporary = tmp_path_factory.mktemp("canary") / "server.log", tmp_path_factory.mktemp("temporary")
    found = Evidence()
    with databases.copy() as copy, django_db_blocker.unblock(), databases.in_process(copy):
        Installation.objects.get_or_create(pk=1, defaults={"demo": True})
        ways_in = invite()
        with speaking_to(log), databases.web_server(copy, today=TODAY.isoformat(), TMPDIR=str(temporary)) as running:
            data = Path(running.environment["DATA_DIR"])
            people = {name: Browser(running.url, secret) for name, secret in ways_in.items()}
            plant(found, people)
            collect(found, copy, cluster, data)
            found.places["the sessions, opened"] = opened_sessions(people.values(), data)
            found.places["temporary files"] = contents(temporary)
        found.places["what the servers said"] = log.read_bytes() + cluster.log.read_bytes()
        found.planted = held()
    yield found


def invite():
    """Links by which people of the cast enter a demo."""
    cast = Cast()
    people = ("lan", "hanh", "dung", "hung", "hoa", "quyen")
    return {name: links.make_link(by=None, user=cast.officer(name), kind=EntryLink.Kind.DEMO) for name in people}


@contextlib.contextmanager
def speaking_to(path):
    """What this process and those it starts say goes to a file."""
    kept = [os.dup(1), os.dup(2)]
    with path.open("ab") as file:
        os.dup2(file.fileno(), 1), os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            for there, here in zip(kept, (1, 2), strict=True):
                os.dup2(there, here), os.close(there)


def find(case, at, dung, hung):
    """A draft that argues is returned with a reason, written anew and signed."""
    found = {"outcome": "victim", "grounds": ["sold"], "sources": ["own_statement"], "reasons": WORD}
    dung.post(f"{at}/du-thao/", **found)
    hung.post(f"{at}/ky/mo/")
    hung.post(f"{at}/ky/tra-lai/", reason="other", words=WORD)
    dung.post(f"{at}/du-thao/mo/")
    dung.post(f"{at}/du-thao/", **found)
    waiting = case.findings.get(on=None, withdrawn=False).pk
    hung.post(f"{at}/ky/", draft=waiting, answer_no="9", on=DAY, certificate_no="8", certificate_on=DAY)


def plant(found, people):
    """Say the word everywhere it can be said, in the order of a life."""
    lan, hanh, dung, hung, hoa, quyen = people.values()
    known = {"full_name": f"Trần {WORD}", "birth": "1995", "id_number": DIGITS, "phone": "0" + DIGITS}
    lan.post("/tiep-nhan/", **known)
    lan.post("/tiep-nhan/moi/", at="/tiep-nhan/", **known, channel="self", came_on=DAY, area_code=COMMUNE)
    case = Case.objects.unscoped(reason="tests").get()
    at = f"/ho-so/{case.code}"
    lan.post(f"{at}/tiep-nhan/an-toan/", danger="yes", needs=["food"], on=DAY, words=WORD)
    lan.post(f"{at}/tiep-nhan/di-cung/", kind="minor", full_name=f"Bé {WORD}", said_birth="3 tuổi")
    lan.post(f"{at}/tiep-nhan/duoi-18-tuoi/", harm="no", representative="parent", on=DAY, words=f"Mẹ là {WORD}")
    lan.post(f"{at}/tiep-nhan/bao-ve-tre-em/", whom="commune", outcome="waiting", on=DAY, words=f"Gặp {WORD}")
    said = {name: f"{WORD} {name}" for name in ("other_names", "residence", "stay", "contact")}
    lan.post(
        f"{at}/tiep-nhan/nguoi-ay/",
        **said,
        said_birth="sinh 1996",
        full_name=f"Trần Thị {WORD}",
        nationality="citizen",
    )
    lan.post(f"{at}/tiep-nhan/loi-ke/", own_words=f"Em là {WORD}, {DIGITS}.")
    lan.post(f"{at}/tiep-nhan/xem-lai/", how="call", on=DAY, words=WORD)
    lan.post(f"{at}/ghi-them/", on=DAY, words=WORD)
    # Said in the wrong place, or where nothing is kept.
    lan.post(f"{at}/ghi-them/", on=WORD, words=WORD)
    lan.post(f"{at}/tiep-nhan/nguoi-ay/", said_birth=WORD)
    lan.get(f"/ho-so/tim/?q={quote(WORD)}")
    lan.get(f"/{quote(WORD)}/")
    quyen.post("/tiep-nhan/", full_name=f"Trần Thị {WORD}", birth="1996", phone="0" + DIGITS)
    quyen.post("/tiep-nhan/", full_name=WORD, id_number=DIGITS)
    # Verification, protection, support, the way home.
    paper = {"paper_no": CONTROL, "paper_on": DAY, "on": DAY}
    hanh.post(f"{at}/buoc/request_verification/", **paper, to_unit="737", words=WORD)
    hanh.post(f"{at}/bao-ve/ap-dung/", kind="refuge", consented="on", on=DAY, words=WORD)
    dung.post(f"{at}/buoc/receive_request/", on=DAY, arrival_no="7")
    find(case, at, dung, hung)
    asked = answers_sent("legal_aid")
    hanh.post(f"{at}/nhu-cau/danh-gia/", **asked, on=DAY, words=WORD, danger="", poor_household="")
    need = Need.objects.of(case).get(kind="legal_aid").pk
    office = Agency.objects.get(key="labour-737").pk
    hanh.post(f"{at}/nhu-cau/{need}/", outcome="offered", agency=office, on=DAY, words=WORD)
    for kind, receiver, answer in (("shelter", "shelter_bien_hoa", "nhan"), ("service", "shelter_bien_hoa", "tu-choi")):
        to = Agency.objects.get(key=receiver).pk
        hanh.post(f"{at}/ve-nha/chuyen-tuyen/", kind=kind, receiver=to, consent="written", on=DAY, words=WORD)
        referral = Referral.objects.of(case).get(kind=kind).pk
        hoa.post(f"{at}/chuyen-tuyen/{referral}/{answer}/", on=DAY, reason=WORD)
    hanh.post(f"{at}/ve-nha/hen-tham/", planned_on=DAY)
    visit = Visit.objects.of(case).get().pk
    hanh.post(f"{at}/tham/{visit}/", on=DAY, safe="yes", words=WORD)
    hanh.post(
        f"{at}/chuong-trinh/", programme="other", on=DAY, place=WORD, paper_no=CONTROL, consent="written", words=WORD
    )
    joined = Enrolment.objects.of(case).get().pk
    hanh.post(f"{at}/chuong-trinh/{joined}/ket-thuc/", outcome="left", on=DAY, words=WORD)
    hanh.post(f"{at}/chuong-trinh/{joined}/rut/", words=WORD)
    step = case.steps.get(event="request_sent").pk
    hanh.post(f"{at}/sua-ngay/{step}/", on="10/11/2017", words=WORD)
    # A file whose name and words, not packed, say it.
    sent = evil.upload(
        f"{WORD}.pdf", evil.pdf(lambda document: document.make_stream(WORD.encode()), compress_streams=False)
    )
    hanh.post_file("/so-van-ban/van-ban-di/tep/", sent, on=DAY, notation="BC-LĐTBXH", kind="report", other_party="Sở", about=CONTROL)  # fmt: skip
    wanted = {"purpose": "correct", "fields_wanted": [*FIELDS, "notes"], "old": "on"}
    found.opened = hanh.post(f"{at}/danh-tinh/", **wanted)[1]


def collect(found, copy, cluster, data):
    """Dump, log of changes, data folder."""
    found.places["the dump of the database"] = dump(copy)
    found.places["the log of changes"] = contents(cluster.files / "pg_wal")
    found.places["the data folder and the heads of the trail"] = contents(data)


def opened_sessions(browsers, data):
    """What the sessions hold, opened by the cookies of those whose they are."""
    keys = [cookie.value for browser in browsers for cookie in browser.cookies if cookie.name == "sessionid"]
    with override_settings(SECRET_KEY=(data / "secret_key").read_text()):
        opened = [SessionStore(key).load() for key in keys]
    assert len(opened) == len(browsers) and all("_auth_user_id" in each for each in opened)
    return json.dumps(opened, ensure_ascii=False).encode()


def dump(copy):
    """The whole database as its owner would take it away."""
    entry = copy.entry("owner")
    command = [
        programs.folder() / "pg_dump",
        "-h",
        entry["HOST"],
        "-p",
        str(entry["PORT"]),
        "-U",
        entry["USER"],
        copy.name,
    ]
    environment = {**os.environ, "PGPASSWORD": entry["PASSWORD"]}
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout


def contents(folder):
    """What all files below a folder hold; a server at work may take one of its own away meanwhile."""
    held = []
    for path in folder.rglob("*"):
        if path.is_file():
            with contextlib.suppress(FileNotFoundError):
                held.append(path.read_bytes())
    return b"".join(held)


def held():
    """How many rows hold something in each column declared identifying."""
    count = {}
    for model in ours():
        rows = getattr(model.objects, "unscoped", None)
        rows = rows(reason="tests") if rows else model.objects.all()
        for name in model.Privacy.identifying:
            count[f"{model._meta.label}.{name}"] = rows.exclude(**{name: None}).count()
    return count


def test_the_word_is_found_wherever_it_is_looked_for_in_clear():
    assert all(any(each in disguise for each in disguises(WORD)) for disguise in (
        WORD.encode(), unicodedata.normalize("NFD", f"x {WORD} y").encode(), base64.b64encode(f"ab{WORD}cd".encode()),
        json.dumps({"x": WORD}).encode(), quote(f"/{WORD}").encode(), f"x{WORD}".encode("utf-16"), WORD.encode().hex().encode(),
    ))  # fmt: skip


def test_everything_was_said_and_opens_for_those_who_may(evidence):
    assert [label for field, label in FIELDS.items() if f"<dt>{label}" not in evidence.opened] == []
    # What is said of a birth is read whole or refused, so it holds no such word, neither now nor before a correction.
    assert evidence.opened.count(WORD) >= len(FIELDS) + 4 and DIGITS in evidence.opened


def test_every_column_that_identifies_somebody_holds_something(evidence):
    assert {label: n for label, n in evidence.planted.items() if n == 0} == {}
    assert len(evidence.planted) >= 6


@pytest.mark.parametrize(
    "place",
    ["the dump of the database", "the log of changes", "what the servers said", "the sessions, opened",
     "the data folder and the heads of the trail", "temporary files"],
)  # fmt: skip
def test_the_word_is_nowhere_else(evidence, place):
    held = evidence.places[place]
    assert held or place == "temporary files"
    assert [disguise for disguise in LOOKED_FOR if disguise in held] == []


@pytest.mark.parametrize("place", ["the dump of the database", "the log of changes"])
def test_what_stays_in_clear_is_found_there_so_that_looking_is_known_to_find(evidence, place):
    assert CONTROL.encode() in evidence.places[place]


def test_each_column_of_text_is_sealed_or_says_why_not():
    texts = {
        f"{model._meta.label}.{column.name}"
        for model in ours()
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField | models.JSONField | ArrayField) and not column.choices
        and not getattr(APPS.get(model._meta.app_label), "ABOUT_NO_PERSON", False)
    }  # fmt: skip
    assert texts == {label for labels in CLEAR.values() for label in labels}
