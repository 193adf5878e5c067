"""Whoever asks a real server for pages: by one request, or as an officer of the demo who signed in."""

import contextlib
import http.client
import re
import secrets

from django.conf import settings

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
