"""Django's PostgreSQL backend without a server."""

from typing import Any, NoReturn

from django.db import OperationalError
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Enough for checks and for migrations being written; whatever needs a connection raises OperationalError."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> NoReturn:
        raise OperationalError("Chưa có cơ sở dữ liệu. Hãy chạy make run để lập cơ sở dữ liệu.")
