"""Whatever is sent to any address by anybody is answered: no breakdown, and no answer that takes two seconds.

The addresses are those of the program (tests/expected.py), the boxes and parameters those that each page reads, so a new
page is covered as soon as it stands in the table.
"""

import contextlib
import itertools
import re
import time
from secrets import token_hex
from urllib.parse import quote, urlencode

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django import forms
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import ContextList
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benan.cases import birth, codes
from benan.core import amounts, text
from benan.core.refusals import Refused
from benan.ui.pages import ONCE
from benan.vault import numbers, tracing
from tests.cast import TODAY
from tests.expected import EXPECTED, PEOPLE

WITH_PLACES = [address for address in EXPECTED if "{" in address]
LONGEST = 2  # seconds of an answer
MANY = settings(
    derandomize=True, database=None, phases=[Phase.explicit, Phase.generate], deadline=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
)  # fmt: skip

# What breaks programs: no text, no number, no day, no letter that is seen, a sign of another language, too much of it.
HOSTILE = (
    *("", " ", "\x00", "a\x00b", "\x1b[31m", "\u202e\u200b\ufeff", "\ud800", "\U0001f600" * 50, "\u0301" * 3000),
    *("9" * 5000, "-" + "9" * 5000, "9" * 19, "9223372036854775808", "-1", "0", "1e400", "NaN", "٣", "1_0", "0x1F", "²"),
    *("12/9999", "00/00/0000", "31/02/2017", "31/12/9999", "01/01/0001", "29/02/2100", "99999999", "0000-00-00"),
    *("01/01/1900", "31/12/2100", "30/06/2025", "01/07/2025", "25:61", "23:59:60", "@99", "khoảng 12/9999"),
    *("' OR 1=1 --", "\\'; DROP TABLE x; --", "<script>x</script>\"'>", "{{ 7 * 7 }}", "%s%n%(x)s", "{0.__class__}"),
    *("../../../etc/passwd", "\r\nSet-Cookie: x=1", "a" * 20_000, " " * 20_000 + "a", "\n" * 5000, "ư" * 5000 + "\x00"),
)  # fmt: skip
texts = st.sampled_from(HOSTILE) | st.text(max_size=40)
# One value, none, several under one name.
values = st.lists(texts, min_size=1, max_size=1) | st.just([]) | st.lists(texts, min_size=2, max_size=3)

pytestmark = pytest.mark.usefixtures("undone")


def plausible(field):
    """What somebody in good faith may send for a field, so that the page gets as far as its verb."""
    if choices := [str(value) for value, _label in flat(getattr(field, "choices", ()))]:
        return st.lists(
            st.sampled_from(choices), min_size=1, max_size=2 if hasattr(field.widget, "allow_multiple_selected") else 1
        )
    if isinstance(field, forms.BooleanField):
        return st.sampled_from([["on"], []])
    return st.sampled_from([["09/11/2017"], ["06/11/2017"], ["1"], ["Nụ"]])


def told(name, method, address, sent):
    """Who sent what where, in short."""
    return f"{name} {method} {address} { ({box: [v[:60] for v in many] for box, many in sent.items()}) }"


def encoded(sent):
    """What a browser, or a program that is none, sends for it."""
    return urlencode(sent, doseq=True, errors="surrogatepass")


def spelled(typed):
    """Typed text as it stands in an address."""
    return quote(typed, errors="surrogatepass")


def flat(choices):
    """Choices without their groups."""
    for value, label in choices:
        yield from label if isinstance(label, list | tuple) else [(value, label)]


@contextlib.contextmanager
def names_read(found):
    """Note every name that a page looks for among what is sent."""
    with pytest.MonkeyPatch.context() as patch:
        for method in ("__getitem__", "__contains__", "getlist"):
            original = getattr(MultiValueDict, method)

            def noting(self, name, *more, original=original):
                if isinstance(self, QueryDict):
                    found.add(str(name))
                return original(self, name, *more)

            patch.setattr(QueryDict, method, noting, raising=False)
        yield


def forms_on(page):
    """The forms that a page was made with."""
    contexts = page.context if isinstance(page.context, ContextList) else [page.context or ()]
    return [
        value
        for context in contexts
        for layer in context
        for value in layer.values()
        if isinstance(value, forms.BaseForm)
    ]


class Asker:
    """Sends to one address as anybody, and leaves the world as it was."""

    def __init__(self, world, address):
        self.world, self.address = world, world.address(address) if "{" in address else address

    def ask(self, name, method, sent):
        """The answer and how long it took; the browser and the life are afterwards as before."""
        browser = Client() if name == "anon" else self.world.cast.browser(name)
        browser.raise_request_exception = False
        cookies = {key: morsel.value for key, morsel in browser.cookies.items()}
        with transaction.atomic():
            began = time.perf_counter()
            answer = getattr(self, f"_{method}")(browser, self.address, sent)
            took = time.perf_counter() - began
            transaction.set_rollback(True)
        browser.cookies.load(cookies)
        return answer, took

    def _get(self, browser, address, sent):
        return browser.generic("GET", address, QUERY_STRING=encoded(sent))

    def _post(self, browser, address, sent):
        once = {} if ONCE in sent else {ONCE: [token_hex(16)]}
        return browser.generic("POST", address, encoded(once | sent), "application/x-www-form-urlencoded")

    def is_answered(self, name, method, sent):
        """Fail where the answer is a breakdown, or too late twice (once may be the machine's fault)."""
        answer, took = self.ask(name, method, sent)
        assert answer.status_code < 500, told(name, method, self.address, sent)
        if took > LONGEST:
            assert self.ask(name, method, sent)[1] < LONGEST, told(name, method, self.address, sent)
        return answer

    def boxes(self, name, method):
        """What the page reads, each with its field if it has one."""
        found = set()
        with names_read(found):
            answer, _took = self.ask(name, method, {})
        fields = {name: field for form in forms_on(answer) for name, field in form.fields.items()}
        return {box: fields.get(box) for box in sorted(found)}


def of(address):
    """Everybody, with who may open the page first and often."""
    opens = [name for name, met in EXPECTED[address].items() if met in ("200", "on")]
    return opens[:1] * 8 + PEOPLE


@pytest.fixture(scope="module", autouse=True)
def second_factors(world):
    """Codes that can be looked at: the cast's second factors have no secret."""
    secret = get_adapter().encrypt(generate_totp_secret())
    Authenticator.objects.filter(type=Authenticator.Type.TOTP).update(data={"secret": secret})


def sendings(boxes):
    """What to send for some boxes: mostly in good faith, with something hostile in one or two, and some left out."""
    good = {box: plausible(field) if field else st.just([]) for box, field in boxes.items()}
    bad = st.dictionaries(st.sampled_from(sorted(boxes)), values, max_size=2) if boxes else st.just({})
    every = st.fixed_dictionaries(dict.fromkeys(boxes, values))
    return every | st.builds(lambda sent, bad: sent | bad, st.fixed_dictionaries(good), bad)


@pytest.mark.parametrize("address", EXPECTED)
def test_whatever_is_sent_to_a_page_is_answered(world, address):
    asker = Asker(world, address)
    boxes = asker.boxes(of(address)[0], "post")

    @settings(MANY, max_examples=12)
    @given(sendings(boxes), st.sampled_from(of(address)))
    def sent(data, name):
        asker.is_answered(name, "post", data)

    sent()


@pytest.mark.parametrize("address", EXPECTED)
def test_whatever_is_asked_of_a_page_is_answered(world, address):
    asker, people = Asker(world, address), itertools.cycle(of(address))
    boxes = asker.boxes(of(address)[0], "get").keys() - {"next"}
    for typed in HOSTILE if boxes else HOSTILE[:1]:
        asker.is_answered(next(people), "get", dict.fromkeys(boxes, [typed]))
    if boxes:
        asker.is_answered(next(people), "get", dict.fromkeys(boxes, [HOSTILE[1], HOSTILE[2]]))


@settings(MANY, max_examples=100)
@given(st.lists(texts, max_size=6), st.sampled_from(PEOPLE))
def test_whatever_address_is_asked_for_is_answered(world, parts, name):
    Asker(world, "/" + "/".join(map(spelled, parts))).is_answered(name, "get", {})


@pytest.mark.parametrize("address", WITH_PLACES)
def test_whatever_stands_in_an_address_is_answered(world, address):
    some = HOSTILE[WITH_PLACES.index(address) % 6 :: 6]
    for place, typed in itertools.product(re.findall(r"{(\w+)}", address), some):
        asker = Asker(world, world.address(address, **{place: spelled(typed)}))
        asker.is_answered(PEOPLE[WITH_PLACES.index(address) % 2], "get", {})


READ = (
    lambda words: birth.parse(words, TODAY), amounts.parse, codes.read, numbers.papers, numbers.telephones,
    text.sort_key, text.name_key, text.fold, lambda words: tracing.tokens(tracing.ComparedIdentity(names=(words,))),
)  # fmt: skip
WORDS = st.lists(
    st.sampled_from([*birth.__doc__.split(), *birth.parse.__doc__.split(), *["khoảng", "trước", "sau", "từ", "đến", "tuổi", "tháng", "gần"]])
    | st.sampled_from(["1", "12", "99", "110", "9999", "2017", "12/9999", "@1", "@99", "+84", "triệu", "đồng", ".", ","])
    | texts, max_size=6,
).map(" ".join)  # fmt: skip


@pytest.mark.parametrize("read", READ)
def test_whatever_is_read_is_understood_or_refused(demo, read):
    @settings(MANY, max_examples=300)
    @given(WORDS)
    def reads(words):
        began = time.process_time()
        with contextlib.suppress(Refused):
            read(words[:300])  # as much as a box takes that is read
        assert time.process_time() - began < LONGEST

    reads()


@pytest.mark.parametrize(
    ("address", "method", "name", "sent"),
    [
        ("/luat/", "get", "lan", {"nam": "9" * 5000}),
        ("/luat/", "get", "lan", {"nam": "²"}),
        ("/ho-so/tim/", "get", "lan", {"q": "Sen " + "9" * 5000}),
        ("/ke-hoach/12089-KH-UBND-2016/bao-cao/so-lieu/tai/", "post", "thu", {"dia_ban": "\x00"}),
        ("/tiep-nhan/moi/", "post", "lan", {"said_birth": "sinh 12/9999 @99"}),
    ],
    ids=[
        "a year of 5,000 digits",
        "a year in small",
        "a plant with 5,000 digits",
        "an area of no letter",
        "a mark of days",
    ],
)
def test_what_once_broke_a_page_is_answered(world, address, method, name, sent):
    usual = {"channel": ["self"], "came_on": ["09/11/2017"], "area_code": ["26263"]} if "tiep-nhan" in address else {}
    Asker(world, address).is_answered(name, method, usual | {box: [text] for box, text in sent.items()})


HEADERS = ("HTTP_HOST", "HTTP_ORIGIN", "HTTP_REFERER", "HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_X_FORWARDED_FOR", "HTTP_USER_AGENT", "HTTP_X_REQUESTED_WITH", "CONTENT_LENGTH", "CONTENT_TYPE")  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
def test_whatever_a_browser_says_of_itself_is_answered(world, header):
    for typed, method in itertools.product(HOSTILE, ("GET", "POST")):
        said = typed.encode("utf-8", "surrogatepass").decode("latin-1")
        browser = Client(raise_request_exception=False, enforce_csrf_checks=True)
        assert browser.generic(method, "/cua/vao/", "login=lan", **{header: said}).status_code < 500, told(
            "", method, header, {"": [said]}
        )


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages", "__Host-sessionid"])
def test_whatever_a_cookie_holds_is_answered(world, cookie):
    for typed in (*HOSTILE, '"\\000\\377"', '"\\'):
        browser = Client(raise_request_exception=False)
        said = f"{cookie}={typed}".encode("utf-8", "surrogatepass").decode("latin-1")
        assert browser.get("/", HTTP_COOKIE=said).status_code < 500, told("", "get", cookie, {"": [said]})


@pytest.mark.parametrize("address", EXPECTED)
def test_no_answer_leads_to_another_site(world, address):
    asker, name = Asker(world, address), of(address)[0]
    elsewhere = ("https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)", "https:example.org")
    for method in ("get", "post"):
        for to in elsewhere if "next" in asker.boxes(name, method) else elsewhere[:0]:
            answer, _took = asker.ask(name, method, {"next": [to]})
            assert re.match(r"/(?![/\\])|$", answer.get("Location", ""))
