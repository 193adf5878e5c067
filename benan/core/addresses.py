"""From which network address a request came."""

import ipaddress
from ipaddress import IPv4Address, IPv6Address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of whoever sent a request; empty where it is not known.

    Behind the installation's own web server (settings.FRONT), which connects from the same machine, it is the one
    value of X-Forwarded-For; from anywhere else that header is not believed.
    """
    connected = _parsed(request.META.get("REMOTE_ADDR", ""))
    if settings.FRONT and (connected is None or connected.is_loopback):
        connected = _parsed(request.headers.get("X-Forwarded-For", "")) or connected
    return str(connected or "")


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ipaddress.ip_address(text.strip())
    except ValueError:
        return None
