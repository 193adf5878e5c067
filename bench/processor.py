"""How much of the processor a sign-in, a desk and an act cost: the pages' workers, PostgreSQL and the front, each alone.

`python bench/processor.py` by itself measures on the files of the demo alone. Copy this file into an older revision
to measure it there: it asks for pages as browsers do, and needs of the program only what every revision has.
"""

import contextlib
import http.client
import importlib
import importlib.util
import os
import re
import statistics
import sys
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from ops import database, messages, prepare, serve
from ops.prepare import say

FOLDER = database.ROOT / ".work/bench-processor"
TODAY = "2020-11-05"
ROUNDS = 7  # the median of so many is told
SIGN_INS, PAGES = 3, 30  # in one round; a ticket of the kernel's clock is ten milliseconds
PASSWORD, SECRET = "một câu dài để đo", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOKEN = "x" * 32
TOTP = "allauth.mfa.totp.internal.auth"  # read when Django is set up, like all of the program
PARTS = {"pages": "trang", "postgres": "CSDL", "caddy": "cửa trước"}


@dataclass(frozen=True)
class Counted:
    """Processes whose time is counted, by part of the program."""

    web: int
    database: Path | None

    def seconds(self) -> dict:
        """What each part has used until now, its ended children included."""
        spent = dict.fromkeys(PARTS, 0.0)
        descend = _descendants(os.getpid())
        for pid, (name, parent, used) in _processes().items():
            if name == "postgres" and self.database and _link(pid, "cwd") == str(self.database):
                spent["postgres"] += used
            elif pid in descend and _link(pid, "exe").endswith("/caddy"):
                spent["caddy"] += used
            elif parent == self.web:
                spent["pages"] += used
        return spent


def main(port, web, cluster):
    """Print the table: milliseconds of the processor for one of each."""
    make = importlib.import_module("bench.clients")
    users = importlib.import_module("benan.accounts.models")
    counted = Counted(web, cluster and cluster.files)
    hanh = users.User.objects.get(username="hanh")
    names = iter(_officers(users, ROUNDS * SIGN_INS + 1))
    file, path = _file()
    with contextlib.closing(make.Browser(port, make.session_of(hanh))) as browser:
        acts = {
            "Đăng nhập, mật khẩu và mã": (SIGN_INS, lambda: _sign_in(port, next(names))),
            "Bàn việc": (PAGES, lambda: _expect(browser.get("/"), 200)),
            "Ghi thêm vào diễn biến": (PAGES, lambda: _expect(browser.post(path, **_remark(file)), 302)),
        }
        say("\nThời gian bộ xử lý cho một lần, mili giây (giữa của các lượt đo)")
        say(f"{'':<34}" + "".join(f"{part:>11}" for part in (*PARTS.values(), "cộng")))
        for name, (times, act) in acts.items():
            act()
            rounds = [_round(counted, times, act) for _round_no in range(ROUNDS)]
            told = [statistics.median(each[part] for each in rounds) for part in PARTS]
            told.append(statistics.median(sum(each.values()) for each in rounds))
            say(f"{name:<34}" + "".join(f"{1000 * each:>11.1f}" for each in told))


def _round(counted, times, act):
    before = counted.seconds()
    for _time in range(times):
        act()
    time.sleep(0.05)  # what follows an answer, such as a backend's commit, belongs to it
    return {part: (used - before[part]) / times for part, used in counted.seconds().items()}


def _sign_in(port, username):
    """Everything a browser asks for from the first page to the desk."""
    line, cookies = http.client.HTTPConnection("127.0.0.1", port, timeout=30), {"csrftoken": TOKEN}

    def ask(method, path, **form):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        body = None
        if form:
            once = "".join(f"{part:02x}" for part in os.urandom(16))
            body = urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN, "once": once, **form})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, path, body, headers)
        answer = line.getresponse()
        answer.read()
        for each in answer.headers.get_all("Set-Cookie", ()):
            name, value = each.split(";")[0].split("=", 1)
            cookies[name] = value
        cookies["csrftoken"] = TOKEN
        return answer.status, answer.getheader("Location", "")

    with contextlib.closing(line):
        status, at = ask("GET", "/")
        ask("GET", at)
        status, at = ask("POST", at, login=username, password=PASSWORD)
        ask("GET", at)
        status, at = ask("POST", at, code=_code())
        if (status, ask("GET", "/")[0]) != (302, 200):
            raise SystemExit(f"SAI: không đăng nhập được ({status} {at})")


def _officers(users, number):
    """Officers with password and second factor, each for one sign-in: a code works once."""
    agency, since = users.Agency.objects.get(key="operator"), importlib.import_module("benan.core.days").legal_day()
    mark = f"{time.time_ns() // 1_000_000_000:x}"
    for each in range(number):
        user = users.User(username=f"do-{mark}-{each}", full_name="Cán bộ của phép đo")
        user.set_password(PASSWORD)
        user.save()
        users.Membership.objects.create(user=user, agency=agency, role="administrator", since=since)
        _activate(user)
        yield user.username


def _activate(user):
    """Give somebody an authenticator app, as this revision keeps its secret."""
    if importlib.util.find_spec("benan.accounts.factors"):
        secret = importlib.import_module("benan.accounts.factors").seal(user.pk, SECRET)
        user.authenticator_set.create(type="totp", data={"secret": secret})
    else:
        importlib.import_module(TOTP).TOTP.activate(user, SECRET)


def _code():
    totp = importlib.import_module(TOTP)
    return totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30))


def _file():
    pages, urls = importlib.import_module("bench.pages"), importlib.import_module("django.urls")
    file = pages._file()
    return file, urls.reverse("cases:remark", args=[file.code])


def _remark(file):
    latest = file.steps.order_by("-pk").values_list("pk", flat=True).first()
    return {"words": "Đã gọi lại theo hẹn, gia đình ổn định.", "on": _day(), "seen": latest}


def _day():
    return "/".join(reversed(TODAY.split("-")))


def _expect(answer, status):
    if answer.status != status:
        raise SystemExit(f"SAI: trang trả {answer.status} {answer.location}")


def _processes():
    """Name, parent and seconds of every process."""
    found, tick = {}, os.sysconf("SC_CLK_TCK")
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            name, rest = re.fullmatch(r"\d+ \((.*)\) (.*)", stat.read_text().strip(), re.DOTALL).groups()
            fields = rest.split()
            found[int(stat.parent.name)] = name, int(fields[1]), sum(map(int, fields[11:15])) / tick
    return found


def _descendants(of):
    parents = {pid: parent for pid, (_name, parent, _used) in _processes().items()}
    found, more = {of}, True
    while more:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found |= more
    return found


def _link(pid, name):
    with contextlib.suppress(OSError):
        return os.readlink(f"/proc/{pid}/{name}")
    return ""


def be_installed_in(folder):
    """Have this process and those it starts work in the installation of a folder, on the day of the measurements."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BENAN_ROLE", "HEADS_FILE"):
        os.environ.pop(name, None)
    os.environ |= {"DATA_DIR": str(folder), "KEY_FILE": f"{folder}.key", "BENAN_TODAY": TODAY}
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    database.principal = "command:bench"
    messages.compile_all()


def _alone():
    """The measurement on a demo of its own."""
    be_installed_in(FOLDER)
    with database.server(FOLDER, create=True) as cluster:
        owner, program = database.entry(FOLDER, "owner"), f"processor {prepare.digest(*prepare.PROGRAM)}"
        if prepare.prepared_for(owner) != program:
            prepare.key(os.environ["KEY_FILE"])
            prepare.database_steps(prepare.DEMO_STEPS)
            prepare.mark_prepared(owner, program)
        prepare.page_files(folder=prepare.static_folder())
        django.setup()
        port = serve.free_port()
        with serve.web_server(port=port, workers=2, environment={"BENAN_ROLE": "web"}) as web:
            main(port, web.pid, cluster)


if __name__ == "__main__":
    _alone()
