"""manage.py forget_remembered"""

from typing import Any

from django.core.cache import cache
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Empty the cache: what an earlier program remembered is in shapes of its own."""

    help = "Xóa mọi dữ liệu lưu tạm, vì bản trước có thể đã ghi theo cách khác."

    def handle(self, **options: Any) -> None:
        """Empty it; values are worked out again when they are asked for."""
        cache.clear()
