"""manage.py init_key PATH"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from benan.core import sealing


class Command(BaseCommand):
    """Make the key-encryption key of this installation and note where it is.

    The key never lies in the data folder: whoever carries that folder away must not carry the key with it.
    """

    help = "Tạo khóa niêm phong danh tính, ở ngoài thư mục dữ liệu."

    def add_arguments(self, parser):
        """One path."""
        parser.add_argument("path", type=Path, metavar="PATH")

    def handle(self, path, **options):
        """Write the key once; an existing key is never overwritten."""
        path = path.expanduser().resolve()
        if path.is_relative_to(settings.DATA_DIR):
            raise CommandError(f"Khóa không được nằm trong thư mục dữ liệu {settings.DATA_DIR}. Chọn nơi khác.")
        if sealing.has_key() and sealing.key_path().resolve() != path:
            raise CommandError(
                f"Bản này đã có khóa ở {sealing.key_path()}. Đổi khóa làm mất mọi danh tính đã niêm phong."
            )
        try:
            sealing.create_key(path)
            self.stdout.write(f"Đã tạo khóa {path}. Sao thêm một bản, cất ở nơi khác; mất khóa là mất mọi danh tính.")
        except FileExistsError:
            self.stdout.write(f"Khóa {path} đã có, giữ nguyên.")
        except OSError as error:
            raise CommandError(f"Không ghi được {path}: {error.strerror}.") from error
        settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        (settings.DATA_DIR / "key.path").write_text(f"{path}\n")
