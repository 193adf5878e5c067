from django.db import migrations

# PostgreSQL keeps samples of what stands in a column, also of rows that are gone. Nothing is ever looked for by these.
COLUMNS = (
    ("vault_person", "wrapped_key"), ("vault_sealed", "value"), ("mfa_authenticator", "data"),
    ("accounts_session", "session_data"), ("accounts_user", "password"),
)  # fmt: skip


def _kept(number):
    return [f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {number}" for table, column in COLUMNS]


class Migration(migrations.Migration):
    dependencies = [
        ("shell", "0001_row_security"),
        ("accounts", "0006_sessions_and_failures"),
        ("vault", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [migrations.RunSQL(_kept(0), _kept(-1))]
