from django.db import migrations

from benan.core.row_security import protect, sample_nothing


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("core", "0002_principals")]
    operations = [
        protect("documents_storedfile", "documents_filecontent", "documents_paper"),
        sample_nothing(("documents_filecontent", "wrapped_key"), ("documents_filecontent", "sealed")),
    ]
