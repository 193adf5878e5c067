"""manage.py load_demo"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from benan.accounts import installation
from benan.cases.models import Case
from benan.core.days import legal_day, show
from benan.shell.demo import cast, lives, player, work


class Command(BaseCommand):
    """Fill a demo installation with its cast, and with the lives and the work under the plan that happened by its legal day.

    Every life, and every day of work, is a transaction of its own: interrupted, the command goes on where it stopped when it is run again.
    """

    help = "Nạp cán bộ, những trường hợp và việc giả lập của các đơn vị vào một bản trình diễn."

    def handle(self, **options: Any) -> None:
        """What stands already is left as it is; a demo that people filled themselves stays theirs."""
        if not installation.is_demo():
            raise CommandError("Đây không phải bản trình diễn, nên không nạp dữ liệu giả lập vào đây. Dùng make demo.")
        if not player.played() and Case.objects.unscoped(reason="is anybody here").exists():
            raise CommandError("Bản trình diễn này đã có hồ sơ do người dùng lập. Muốn nạp lại, dùng một DATA_DIR mới.")
        self.stdout.write(f"  {cast.appoint()}")
        begun = [life for life in lives.read() if life.began_on <= legal_day()]
        for number, _life in enumerate(player.play(begun), start=1):
            if number % 10 == 0 or number == len(begun):
                self.stdout.write(f"  {number}/{len(begun)} trường hợp giả lập, đến ngày {show(legal_day())}")
                self.stdout.flush()
        for number, day in enumerate(player.play_work(work.read()), start=1):
            if number % 50 == 0:
                self.stdout.write(f"  việc giả lập của các đơn vị theo kế hoạch, đến ngày {show(day)}")
                self.stdout.flush()
