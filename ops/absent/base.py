"""Django's PostgreSQL, except that nobody answers."""

from django.db import OperationalError
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Speaks PostgreSQL (for checks and migrations being written) and refuses to connect."""

    def get_new_connection(self, conn_params):
        """Say that there is no database yet; raises OperationalError."""
        raise OperationalError("Chưa có cơ sở dữ liệu. Hãy chạy make run để lập cơ sở dữ liệu.")
