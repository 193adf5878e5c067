"""Print how many people could be recognised by the columns that are not sealed, by somebody who knows them."""

from typing import Any

from django.core.management.base import BaseCommand

from benan.cases import uniqueness


class Command(BaseCommand):
    """Prints counts only."""

    help = "Đếm số hồ sơ không trùng với hồ sơ nào khác về tuổi, giới tính, địa bàn và ngày đang lưu ở dạng đọc được."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the number of cases, then a line for each set of columns."""
        cases, found = uniqueness.count_unique_cases()
        self.stdout.write(f"Hồ sơ: {cases}. Số hồ sơ không trùng với hồ sơ nào khác:")
        for words, alone, without_age in found:
            self.stdout.write(f"  {words}: {alone} (nếu không biết tuổi: {without_age})")
