from django.db import migrations

from benan.core.row_security import protect, sample_nothing


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial"), ("core", "0002_principals")]
    operations = [
        protect("vault_person", "vault_sealed", "vault_token"),
        sample_nothing(("vault_person", "wrapped_key"), ("vault_sealed", "value")),
    ]
