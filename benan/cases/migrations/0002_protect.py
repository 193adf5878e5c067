from django.db import migrations

from benan.core.row_security import protect


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("audit", "0002_append_only")]
    operations = [
        protect(
            "cases_case", "cases_reception", "cases_status", "cases_fact", "cases_guardianship", "cases_erasure",
            "cases_track", "cases_step", "cases_deadline",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_step"
            " FOR EACH STATEMENT EXECUTE FUNCTION forbid_change()",
            "DROP TRIGGER append_only ON cases_step",
        ),
    ]  # fmt: skip
