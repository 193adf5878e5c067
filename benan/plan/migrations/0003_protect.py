from django.db import migrations

from benan.core.row_security import protect


class Migration(migrations.Migration):
    dependencies = [("plan", "0002_versioned"), ("core", "0002_principals")]
    operations = [protect("plan_progress", "plan_progress_files", "plan_typedfigure", "plan_priorityarea", "plan_yearfigure")]
