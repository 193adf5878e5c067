from django.db import migrations

from benan.core.row_security import protect


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial"), ("core", "0002_principals")]
    operations = [
        protect(
            "indicators_casestanding", "indicators_rebuild", "indicators_keptquestion", "indicators_keptcount",
            "indicators_keptreason",
        )
    ]  # fmt: skip
