"""manage.py seal_factors"""

from django.core.management.base import BaseCommand, CommandError

from benan.accounts.actions import factors
from benan.core.refusals import Refused


class Command(BaseCommand):
    """Seal, under the key that lies elsewhere, the second factors that an earlier version kept under SECRET_KEY.

    Until then their owners cannot sign in: what lies beside its own key in a copy is no second factor.
    """

    help = "Niêm phong lại bước xác thực thứ hai của những tài khoản lập từ phiên bản trước."

    def handle(self, **options):
        """Say how many there were; nothing where there was none."""
        try:
            sealed, left = factors.seal_all(by=None)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        if sealed:
            self.stdout.write(f"Đã niêm phong bước xác thực thứ hai: {sealed} dòng.")
        if left:
            self.stdout.write(
                f"Không mở được {left} dòng bằng khóa của máy này: những người ấy cài lại ứng dụng xác thực, qua người xác nhận."
            )
