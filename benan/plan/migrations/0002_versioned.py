from django.db import migrations

from benan.core.reference import versioned


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial"), ("core", "0003_reference_version")]
    operations = [versioned("plan_plan")]
