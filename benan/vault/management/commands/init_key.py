"""manage.py init_key [PATH]"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from benan.core import sealing
from benan.vault.models import Sealed
from ops import keys


class Command(BaseCommand):
    """Make the key-encryption key of this installation and note where it is.

    The key never lies in the data folder: whoever carries that folder away must not carry the key with it.
    """

    help = "Tạo khóa mã hóa danh tính, ở ngoài thư mục dữ liệu."

    def add_arguments(self, parser: CommandParser) -> None:
        """One path, or none."""
        parser.add_argument(
            "path", type=Path, nargs="?", metavar="PATH", help="nơi đặt khóa; bỏ trống: thư mục riêng của tài khoản này"
        )

    def handle(self, path: Path | None, **options: Any) -> None:
        """Write the key once; an existing key is never overwritten."""
        path = path.expanduser().resolve() if path else self._usual()
        if path.is_relative_to(settings.DATA_DIR):
            raise CommandError(f"Khóa không được nằm trong thư mục dữ liệu {settings.DATA_DIR}. Chọn nơi khác.")
        known = sealing.key_path()
        if sealing.has_key() and known and known.resolve() != path:
            raise CommandError(f"Bản này đã có khóa ở {sealing.key_path()}. Đổi khóa làm mất mọi danh tính đã mã hóa.")
        try:
            sealing.create_key(path)
            self.stdout.write(
                f"Đã tạo khóa mã hóa danh tính ở {path}. Sao thêm một bản, cất ở nơi khác và người khác giữ; "
                "mất khóa là mất mọi danh tính."
            )
        except FileExistsError:
            self.stdout.write(f"Khóa {path} đã có, giữ nguyên.")
        except OSError as error:
            raise CommandError(f"Không ghi được {path}: {error.strerror}.") from error
        if fault := keys.fault(path, settings.DATA_DIR):
            raise CommandError(fault)
        settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        (settings.DATA_DIR / keys.NOTE).write_text(f"{path}\n")

    def _usual(self) -> Path:
        """Where nobody chose a place: the known one, else the account's own; never a second key beside sealed words."""
        known = sealing.key_path()
        if known and not sealing.has_key():
            raise CommandError(
                f"Không thấy tệp khóa {known}. Đặt lại tệp khóa vào đó, hoặc sửa KEY_FILE, rồi chạy lại."
            )
        if known:
            return known.resolve()
        if Sealed.objects.exists():
            raise CommandError(
                "Cơ sở dữ liệu này đã có danh tính được mã hóa bằng một khóa mà máy này không có. "
                "Đặt KEY_FILE tới tệp khóa ấy rồi chạy lại."
            )
        path = keys.default_path(settings.DATA_DIR).resolve()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path
