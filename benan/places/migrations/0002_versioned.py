from django.db import migrations

from benan.core.reference import versioned


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial"), ("core", "0003_reference_version")]
    operations = [versioned("places_unit", "places_country", "places_ethnicgroup", "places_succession")]
