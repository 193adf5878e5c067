"""manage.py verify_audit"""

from django.core.management.base import BaseCommand

from benan.audit.verify import verify


class Command(BaseCommand):
    """Check that nobody edited, deleted or rewrote the trail; exit code 1 if somebody did."""

    help = "Kiểm tra nhật ký: có dòng nào bị sửa, xóa hay viết lại không."

    def handle(self, **options):
        """Print the finding in sentences."""
        finding = verify()
        for sentence in finding.wrong:
            self.stderr.write(sentence)
        self.stdout.write(f"Đã đọc {finding.rows} dòng; {finding.unprotected} dòng cuối chưa có niêm cất ngoài.")
        if finding.wrong:
            raise SystemExit(1)
        self.stdout.write("Nhật ký nguyên vẹn.")
