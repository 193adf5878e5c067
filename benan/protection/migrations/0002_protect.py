from django.db import migrations

from benan.core.row_security import protect


class Migration(migrations.Migration):
    dependencies = [("protection", "0001_initial"), ("core", "0002_principals")]
    operations = [protect("protection_measure", "protection_dangernotice")]
