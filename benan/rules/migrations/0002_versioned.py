from django.db import migrations

from benan.core.reference import versioned


class Migration(migrations.Migration):
    dependencies = [("rules", "0001_initial"), ("core", "0003_reference_version")]
    operations = [versioned("rules_instrument", "rules_timelimit", "rules_officialday", "rules_entitlement")]
