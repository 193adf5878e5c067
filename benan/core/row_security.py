"""Operations for migrations that make tables: who may reach their rows, and what PostgreSQL may sample of them."""

from django.db import migrations


def protect(*tables: str, principals: str = "user,command") -> migrations.RunSQL:
    """Protect tables by row-level security: a connection that works for none of `principals` reaches no row.

    A principal is whoever a connection works for: "user", "command", "entry" (signing in), "reporter" (`principals.py`).
    """
    return migrations.RunSQL(
        [f"SELECT benan_protect('{table}', '{{{principals}}}')" for table in tables], migrations.RunSQL.noop
    )


def sample_nothing(*columns: tuple[str, str]) -> migrations.RunSQL:
    """Have PostgreSQL keep no samples of these columns (table, column), which would hold values of rows that are gone."""
    change = "ALTER TABLE {} ALTER COLUMN {} SET STATISTICS {}".format
    return migrations.RunSQL([change(*column, 0) for column in columns], [change(*column, -1) for column in columns])
