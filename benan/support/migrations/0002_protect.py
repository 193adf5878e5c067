from django.db import migrations

from benan.core.row_security import protect


class Migration(migrations.Migration):
    dependencies = [("support", "0001_initial"), ("core", "0002_principals")]
    operations = [protect("support_referral", "support_visit", "support_enrolment")]
