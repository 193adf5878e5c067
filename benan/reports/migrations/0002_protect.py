from django.db import migrations

from benan.core.row_security import protect


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("core", "0002_principals")]
    operations = [
        protect("reports_period", "reports_return", "reports_cell", "reports_narrative", "reports_returnstep"),
    ]  # fmt: skip
