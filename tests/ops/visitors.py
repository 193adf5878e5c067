"""Whoever asks a real server for pages: by one request, or as an officer of the demo who signed in."""

import contextlib
import http.client
import re
import secrets
import time
import urllib.parse

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.urls import reverse

from bench.clients import TOKEN


def ask(port, method, path, body=None, **headers):
    """The answer to one request, with its body read."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as line:
        line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        answer.text = answer.read().decode()
        return answer


def session(server, name):
    """The session of an officer who used a link of the demo."""
    link = re.search(r"/vao/\S+/", server.manage("sign_in_link", name))[0]
    cookies = f"{settings.CSRF_COOKIE_NAME}={TOKEN}"
    form = f"csrfmiddlewaretoken={TOKEN}&once={secrets.token_hex(16)}"
    kind = "application/x-www-form-urlencoded"
    answer = ask(server.port, "POST", link, form, Cookie=cookies, Content_Type=kind)
    return re.search(rf"{settings.SESSION_COOKIE_NAME}=(\w+)", str(answer.headers))[1]


OFFICER, PASSWORD, SECRET = "truc", "bốn từ dài dễ nhớ", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
APPOINT = f"""
from benan.accounts import factors
from benan.accounts.models import Membership, User
from benan.agencies.models import Agency
from benan.core.days import clock
user = User(username="{OFFICER}", full_name="Ngô Thanh Trúc")
user.set_password("{PASSWORD}")
user.save()
Membership.objects.create(user=user, agency=Agency.objects.get(key="operator"), role="administrator", since=clock())
user.authenticator_set.create(type="totp", data={{"secret": factors.seal(user.pk, "{SECRET}")}})
"""


def entered(server):
    """The session of an administrator made for the purpose, who typed password and code: no demo is needed for it."""
    server.manage("shell", "-v0", "-c", APPOINT)
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    cookies = {settings.CSRF_COOKIE_NAME: TOKEN}
    for address, form in (
        ("account_login", {"login": OFFICER, "password": PASSWORD}),
        ("mfa_authenticate", {"code": code}),
    ):
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN, "once": secrets.token_hex(16), **form})
        sent = "; ".join(f"{name}={value}" for name, value in cookies.items())
        kind = "application/x-www-form-urlencoded"
        answer = ask(server.port, "POST", reverse(address), form, Cookie=sent, Content_Type=kind)
        cookies |= dict(each.split(";")[0].split("=", 1) for each in answer.headers.get_all("Set-Cookie", ()))
        cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    return cookies[settings.SESSION_COOKIE_NAME]
