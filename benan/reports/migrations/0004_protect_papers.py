from django.db import migrations

from benan.core.row_security import protect

# What was typed and uploaded stays; a later row counts instead.
FORWARD = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reports_typedcell
    FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reports_officetemplate
    FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
"""
BACKWARD = """
DROP TRIGGER append_only ON reports_officetemplate;
DROP TRIGGER append_only ON reports_typedcell;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_papers"), ("core", "0002_principals"), ("audit", "0002_append_only")]
    operations = [protect("reports_officetemplate", "reports_typedcell"), migrations.RunSQL(FORWARD, BACKWARD)]
