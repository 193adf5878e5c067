from django.db import migrations

from benan.core.row_security import protect


def append_only(table: str) -> migrations.RunSQL:
    """Have a table only be added to."""
    return migrations.RunSQL(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION forbid_change()",
        f"DROP TRIGGER append_only ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("plan", "0004_agency_plans"), ("core", "0002_principals"), ("audit", "0002_append_only")]
    operations = [
        protect("plan_agencyplan", "plan_agencyplanstep", "plan_activity", "plan_carriedduty"),
        append_only("plan_agencyplanstep"),
        append_only("plan_carriedduty"),
    ]
