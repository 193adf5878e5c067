"""manage.py list_migrations"""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.migrations.loader import MigrationLoader


class Command(BaseCommand):
    """Print the migrations of this program, "app.name" to a line, with those that a squashed one stands for.

    It asks no database, so that a database can be held against the list before anything in it is changed.
    """

    help = "In tên các bước lập bảng của bản này, kể cả những bước đã gộp; không truy vấn cơ sở dữ liệu."

    def handle(self, **options: Any) -> None:
        """Print them in order."""
        known = MigrationLoader(None).disk_migrations
        replaced = {key for migration in known.values() for key in migration.replaces}
        for app, name in sorted({*known, *replaced}):
            self.stdout.write(f"{app}.{name}")
