"""Whether this is a demo installation, and what follows from it."""

import os
import pwd
import shlex

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from benan.accounts.models import Installation
from benan.core.reference import remembered


@transaction.atomic
def mark_as_demo_or_real(*, demo: bool) -> None:
    """Mark the database as a demo or as real; marking it again the same way changes nothing.

    A trigger of the database refuses to change the mark, or to set it once there are cases. Raises ImproperlyConfigured where
    it is marked the other way, or where a real one is started with a legal day that is not today (BENAN_TODAY).
    """
    row, _made = Installation.objects.get_or_create(pk=1, defaults={"demo": demo})
    if row.demo != demo:
        raise ImproperlyConfigured(
            "Thư mục dữ liệu này là bản trình diễn; dùng make demo, hoặc đặt DATA_DIR khác."
            if row.demo
            else "Thư mục dữ liệu này là bản thật, không nạp dữ liệu giả lập vào đây."
        )
    require_honest_day()


@remembered
def is_demo() -> bool:
    """Whether every person here is fictional."""
    return Installation.objects.filter(pk=1, demo=True).exists()


def address() -> str:
    """Where the pages of this installation are, on its own machine; under its name over HTTPS.

    Where a proxy has the certificate, people ask for them at the proxy's usual port.
    """
    if settings.HTTPS:
        port = "" if os.environ.get("PROXY") else f":{_port()}"
        return f"https://{settings.ALLOWED_HOSTS[0]}{port}/"
    return f"http://127.0.0.1:{_port()}/"


def command(words: str) -> str:
    """A command of manage.py as one types it for this installation, whose folder and port may not be the usual ones."""
    own = {"DATA_DIR": str(settings.DATA_DIR)} if settings.DATA_DIR != settings.BASE_DIR / "data" else {}
    own |= {"PORT": _port()} if _port() != "8000" else {}
    return " ".join([*(f"{name}={shlex.quote(value)}" for name, value in own.items()), "./manage.py", words])


def trail_of_command(command: str) -> dict[str, str]:
    """What the trail keeps of a command typed on the server: its name and whose it is there; nothing without one."""
    return {"command": command, "system_user": _system_user()} if command else {}


def _system_user() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def _port() -> str:
    return os.environ.get("PORT") or "8000"


def require_honest_day() -> None:
    """Refuse to run a real installation on a moved legal day."""
    if settings.BENAN_TODAY and not is_demo():
        raise ImproperlyConfigured(
            "BENAN_TODAY chỉ dùng cho bản trình diễn; bỏ biến này (và tệp legal_day trong thư mục dữ liệu) rồi chạy lại."
        )
