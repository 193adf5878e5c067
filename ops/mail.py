"""The mail server that sends the letters of this installation, from MAIL_URL."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ops import Unready
from ops.database import LOCAL_HOSTS

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed over, and from whom: "smtp+tls" begins in clear and changes to TLS, "smtps" begins in TLS."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str


def server(environment: Mapping[str, str]) -> MailServer | None:
    """The server that MAIL_URL names, with MAIL_FROM and MAIL_PASSWORD_FILE; None where nothing is to be sent.

    Raises Unready for what cannot be read, and for a password that would travel in clear.
    """
    if not environment.get("MAIL_URL"):
        return None
    try:
        url = urlsplit(environment["MAIL_URL"])
        host, port = url.hostname or "", url.port
    except ValueError:
        url, host, port = urlsplit(""), "", None
    if url.scheme not in PORTS or not host or url.path not in ("", "/"):
        raise Unready(
            "Biến MAIL_URL chưa đúng dạng smtp+tls://TÀI_KHOẢN:MẬT_KHẨU@MÁY_CHỦ:587, smtps://…:465 hoặc smtp://MÁY_CHỦ:25."
        )
    sender = environment.get("MAIL_FROM", "")
    if "@" not in sender:
        raise Unready("Có MAIL_URL thì cần MAIL_FROM: địa chỉ gửi thư, ví dụ MAIL_FROM=ben-an@dongnai.gov.vn.")
    user, password = unquote(url.username or ""), _password(environment) or unquote(url.password or "")
    if password and url.scheme == "smtp" and host not in LOCAL_HOSTS:
        raise Unready("MAIL_URL dùng smtp:// thì mật khẩu đi qua mạng không mã hóa. Dùng smtp+tls:// hoặc smtps://.")
    return MailServer(url.scheme, host, port or PORTS[url.scheme], user, password, sender)


def _password(environment: Mapping[str, str]) -> str:
    if not (path := environment.get("MAIL_PASSWORD_FILE")):
        return ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise Unready(f"Không đọc được tệp mật khẩu MAIL_PASSWORD_FILE={path}.") from None
