"""manage.py rotate_keys NEW_KEY_PATH"""

import base64
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string

from benan.audit import trail
from benan.core import key_change, sealing
from benan.core.refusals import Refused
from benan.vault.events import VaultEvent


class Command(BaseCommand):
    """Bring everything sealed under a new key, while the program goes on, and take the old key away.

    Batches are kept one by one: it can be stopped at any moment and run again with the same path. Meanwhile every
    process opens with either key. Nothing of anybody is printed.
    """

    help = "Đổi khóa mã hóa: mã hóa lại mọi dữ liệu bằng khóa mới. Có thể dừng giữa chừng rồi chạy lại."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the new key is, or will be; and how long to let other processes learn of the change."""
        parser.add_argument("path", type=Path, metavar="NEW_KEY_PATH")
        parser.add_argument("--known-after", type=float, default=key_change.KNOWN_AFTER, help="giây chờ mọi tiến trình")

    def handle(self, path: Path, known_after: float, **options: Any) -> None:
        """Begin or go on, in batches, until a whole pass finds nothing left; then end."""
        path = path.expanduser().resolve()
        if path.is_relative_to(settings.DATA_DIR):
            raise CommandError(f"Khóa không được nằm trong thư mục dữ liệu {settings.DATA_DIR}. Chọn nơi khác.")
        try:
            self._begin(sealing.held_key(), _new_key(path))
            self._passes(known_after)
        except KeyboardInterrupt:
            raise CommandError("Đã dừng. Những phần đã làm được giữ; chạy lại lệnh này để làm hết.") from None
        except Refused as refused:
            raise CommandError(str(refused)) from None
        key_change.end()
        try:
            call_command("clear_erased", stdout=self.stdout, stderr=self.stderr)
        except CommandError as busy:
            self.stderr.write(
                f"{busy} Lệnh ấy là clear_erased; đến lúc đó tệp cơ sở dữ liệu còn bản cũ mở được bằng khóa cũ."
            )
        trail.record(by=None, event=VaultEvent.KEY_CHANGED)
        settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        (settings.DATA_DIR / "key.path").write_text(f"{path}\n")
        self.stdout.write(
            f"Xong. Khóa mới là {path}. Đặt KEY_FILE thành đường dẫn này nếu có đặt, rồi khởi động lại chương trình: "
            "khóa cũ không còn đọc được dữ liệu nào. Giữ khóa cũ đến khi các bản sao lưu cũ hết hạn, rồi hủy."
        )

    def _begin(self, held: bytes, new: bytes) -> None:
        if key_change.under_way():
            if not key_change.is_current(new):
                raise CommandError("Việc đổi sang một khóa khác chưa xong. Chạy lại lệnh với đường dẫn của khóa ấy.")
            self.stdout.write("Tiếp tục lần đổi khóa chưa xong.")
        elif held == new:
            raise CommandError("Khóa này đang dùng. Chọn đường dẫn khác cho khóa mới.")
        else:
            key_change.begin(held, new)
            trail.record(by=None, event=VaultEvent.KEY_CHANGE_BEGUN)

    def _passes(self, known_after: float) -> None:
        """Go through everything until a pass, begun when every process knew of the change, finds nothing left."""
        began = time.monotonic()
        while True:
            started = time.monotonic()
            if not self._pass() and started - began >= known_after:
                return
            time.sleep(max(0.0, known_after - (time.monotonic() - began)))

    def _pass(self) -> int:
        """One pass over everything sealed; how much was not yet under the new key."""
        changed = 0
        for name in settings.SEALED_ROWS:
            seal_again, last, seen = import_string(name), None, 0
            while batch := seal_again(by=None, after=last):
                last, seen, changed = batch.last_id, seen + batch.people, changed + batch.changed
                self.stdout.write(f"Đã xem {seen}, mã hóa lại {changed}.")
                if batch.unreadable:
                    self.stderr.write(
                        f"{batch.unreadable} người có danh tính được mã hóa bằng một khóa khác nữa, giữ nguyên."
                    )
        return changed


def _new_key(path: Path) -> bytes:
    try:
        sealing.create_key(path)
    except FileExistsError:
        pass
    except OSError as error:
        raise CommandError(f"Không ghi được {path}: {error.strerror}.") from error
    try:
        key = base64.b64decode(path.read_bytes(), validate=False)
    except (OSError, ValueError):
        key = b""
    if len(key) != 32:
        raise CommandError(f"{path} không phải là một tệp khóa.")
    return key
