"""Say how many people could be told from the clear columns alone, by somebody who knows them."""

from django.core.management.base import BaseCommand

from benan.cases import uniqueness


class Command(BaseCommand):
    """Counts alone, never a row."""

    help = "Đếm bao nhiêu hồ sơ chỉ có một khi so tuổi, giới tính, nơi và ngày đang để ở dạng đọc được."
    requires_system_checks = ()

    def handle(self, **options):
        """Print a line for each more that is known of somebody."""
        files, found = uniqueness.measure()
        self.stdout.write(f"Hồ sơ: {files}. Số hồ sơ không trùng với hồ sơ nào khác:")
        for words, alone, without_age in found:
            self.stdout.write(f"  {words}: {alone} (nếu không biết tuổi: {without_age})")
