from django.db import migrations

from benan.core.reference import versioned


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial"), ("core", "0003_reference_version")]
    operations = [versioned("agencies_agency", "agencies_agency_successors", "agencies_agencyname", "agencies_oncallcontact")]
