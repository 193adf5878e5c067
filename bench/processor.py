"""How much of the processor a sign-in, an act and each sort of page cost: the pages' workers, PostgreSQL and the front, each alone.

`python bench/processor.py` measures on a demo of its own. `python bench/processor.py FOLDER` measures this program and
the revision that is checked out in a folder, in turns and with both servers up, since what a machine gives changes from
minute to minute. It asks for pages as browsers do, and needs of the program only what every revision has.
"""

import contextlib
import http.client
import importlib
import importlib.util
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.parse
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path.cwd() if "--in-turns" in sys.argv else Path(__file__).resolve().parent.parent))

import django

from ops import database, messages, prepare, serve
from ops.prepare import say

HERE = Path(__file__).resolve().parent.parent
IN_TURNS = "--in-turns"  # what a process is started with that measures one round for each line it reads
FOLDER = database.ROOT / ".work/bench-processor"
TODAY = "2020-11-05"
ROUNDS = 7  # the median of so many is told
SIGN_INS, PAGES = 3, 30  # in one round; a ticket of the kernel's clock is ten milliseconds
PASSWORD, SECRET = "một câu dài để đo", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOKEN = "x" * 32
TOTP = "allauth.mfa.totp.internal.auth"  # read when Django is set up, like all of the program
READ = (
    "/", "/ho-so/", "/ho-so/{code}/", "/ho-so/{code}/nhu-cau/", "/ho-so/{code}/bao-ve/", "/ho-so/{code}/ve-nha/",
    "/ho-so/{code}/ai-da-xem/", "/ho-so/{code}/ghi-them/", "/chuyen-tuyen/", "/tiep-nhan/", "/ke-hoach/",
    "/ke-hoach/chi-tieu/II.2.a/", "/ke-hoach/muc/", "/luat/", "/so-truc/",
)  # fmt: skip
NAMES = ("Đăng nhập, mật khẩu và mã", "Ghi thêm vào diễn biến", *READ)
# Pairs of rounds beside an older revision; some of those admit thirty sign-ins a minute from one address.
PAIRS = dict(zip(NAMES, (8, 16, *(8 for _page in READ)), strict=True))
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


def main(acts, counted):
    """Print the table: milliseconds of the processor for one of each."""
    say("\nThời gian bộ xử lý cho một lần, mili giây (giữa của các lượt đo)")
    say(f"{'':<34}" + "".join(f"{part:>11}" for part in (*PARTS.values(), "cộng")))
    for name, (times, act, begin) in acts.items():
        act()
        rounds = [_round(counted, times, act, begin) for _round_no in range(ROUNDS)]
        told = [statistics.median(each[part] for each in rounds) for part in PARTS]
        told.append(statistics.median(sum(each.values()) for each in rounds))
        say(f"{name:<34}" + "".join(f"{1000 * each:>11.1f}" for each in told))


def answer_in_turns(acts, counted):
    """Measure one round of each act that is read by name, and answer with its milliseconds."""
    for _times, act, _begin in acts.values():
        act()
    say(IN_TURNS)
    for line in sys.stdin:
        say(f"{IN_TURNS} {1000 * sum(_round(counted, *acts[line.strip()]).values())}")


def beside(older):
    """Print what each act costs here and in an older checkout, and the ratio: its median over pairs of rounds."""
    with _answering(older) as before, _answering(HERE) as now:
        say(f"\nThời gian bộ xử lý, mili giây, đo xen kẽ\n{'':<34}{'trước':>11}{'nay':>11}{'tỷ lệ':>11}")
        for name in NAMES:
            pairs = [_pair(name, before, now, turned=bool(n % 2)) for n in range(PAIRS[name])]
            told = [statistics.median(column) for column in zip(*pairs, strict=True)]
            ratio = statistics.median(after / first for first, after in pairs)
            say(f"{name:<34}{told[0]:>11.1f}{told[1]:>11.1f}{ratio:>11.3f}")


def _pair(name, before, now, *, turned):
    if turned:
        after = now(name)
        return before(name), after
    return before(name), now(name)


@contextlib.contextmanager
def _answering(folder):
    """Call with the name of an act: milliseconds of one round in the program of a folder."""
    command = [folder / ".venv/bin/python", str(Path(__file__).resolve()), IN_TURNS]
    with subprocess.Popen(  # noqa: S603
        command,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": ""},
    ) as process:

        def read():
            for line in process.stdout:
                if line.startswith(IN_TURNS):
                    return line.removeprefix(IN_TURNS).strip()
            raise SystemExit(f"SAI: phép đo trong {folder} đã dừng")

        def ask(name):
            process.stdin.write(f"{name}\n")
            process.stdin.flush()
            return float(read())

        read()
        yield ask
        process.stdin.close()


@contextlib.contextmanager
def acts_on(port):
    """What is measured, by name: how many times in a round, the act itself, and what begins a round: a new connection,
    since a server closes one that waits for the others' turn."""
    make = importlib.import_module("bench.clients")
    users = importlib.import_module("benan.accounts.models")
    names = iter(_officers(users, max(ROUNDS, *PAIRS.values()) * SIGN_INS + 1))
    case, path = _case()
    with contextlib.closing(make.Browser(port, _sign_in(port, _able_to_sign_in(users, "hanh")))) as browser:
        acts = [
            (SIGN_INS, lambda: _sign_in(port, next(names)), browser.close),
            (PAGES, lambda: _expect(browser.post(path, **_remark(case)), 302), browser.close),
        ]
        acts += [(PAGES, partial(_read, browser, page.replace("{code}", case.code)), browser.close) for page in READ]
        yield dict(zip(NAMES, acts, strict=True))


def _read(browser, page):
    _expect(browser.get(page), 200)


def _round(counted, times, act, begin):
    begin()
    before = counted.seconds()
    for _time in range(times):
        act()
    time.sleep(0.05)  # what follows an answer, such as a backend's commit, belongs to it
    return {part: (used - before[part]) / times for part, used in counted.seconds().items()}


def _sign_in(port, username):
    """Everything a browser asks for from the first page to the desk; the key of the session."""
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
    return cookies[importlib.import_module("django.conf").settings.SESSION_COOKIE_NAME]


def _officers(users, number):
    """Officers with password and second factor, each for one sign-in: a code works once."""
    agency, since = users.Agency.objects.get(key="operator"), importlib.import_module("benan.core.days").legal_day()
    mark = f"{time.time_ns() // 1_000_000_000:x}"
    for each in range(number):
        user = users.User.objects.create(username=f"do-{mark}-{each}", full_name="Cán bộ của phép đo")
        users.Membership.objects.create(user=user, agency=agency, role="administrator", since=since)
        yield _able_to_sign_in(users, user.username)


def _able_to_sign_in(users, username):
    """Give somebody a password and an authenticator app, as this revision keeps its secret; their user name again."""
    user = users.User.objects.get(username=username)
    user.set_password(PASSWORD)
    user.save()
    user.authenticator_set.all().delete()
    if importlib.util.find_spec("benan.accounts.factors"):
        secret = importlib.import_module("benan.accounts.factors").seal(user.pk, SECRET)
        user.authenticator_set.create(type="totp", data={"secret": secret})
    else:
        importlib.import_module(TOTP).TOTP.activate(user, SECRET)
    return username


def _code():
    totp = importlib.import_module(TOTP)
    return totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30))


def _case():
    pages, urls = importlib.import_module("bench.pages"), importlib.import_module("django.urls")
    case = (getattr(pages, "_case", None) or pages._file)()  # named so before the rename of files to cases
    return case, urls.reverse("cases:remark", args=[case.code])


def _remark(case):
    latest = case.steps.order_by("-pk").values_list("pk", flat=True).first()
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


def _measure(measure):
    """Do a measurement, given the acts and whose time is counted, on a demo of its own."""
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
        with serve.web_server(port=port, workers=2, environment={"BENAN_ROLE": "web"}) as web, acts_on(port) as acts:
            measure(acts, Counted(web.pid, cluster and cluster.files))


if __name__ == "__main__":
    if IN_TURNS in sys.argv:
        _measure(answer_in_turns)
    elif sys.argv[1:]:
        beside(Path(sys.argv[1]).resolve())
    else:
        _measure(main)
