from django.db import migrations

from benan.core.row_security import protect


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_initial"), ("core", "0002_principals")]
    operations = [protect("needs_assessment", "needs_need", "needs_provision")]
