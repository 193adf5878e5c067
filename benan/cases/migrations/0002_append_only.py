from django.db import migrations

FORBID = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_step
    FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORBID, "DROP TRIGGER append_only ON cases_step")]
