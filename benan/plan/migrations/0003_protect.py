from django.db import migrations

from benan.core.row_security import protect


def never_changed(table: str) -> migrations.RunSQL:
    """Have no row of a table be changed."""
    return migrations.RunSQL(
        f"CREATE TRIGGER never_changed BEFORE UPDATE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION forbid_change()",
        f"DROP TRIGGER never_changed ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("plan", "0002_versioned"), ("core", "0002_principals"), ("audit", "0002_append_only")]
    operations = [
        protect(
            "plan_progress", "plan_progress_files", "plan_typedfigure", "plan_priorityarea", "plan_yearfigure",
            "plan_agencyplan", "plan_agencyplanstep", "plan_activity", "plan_carriedduty",
        ),
        never_changed("plan_agencyplanstep"),
        never_changed("plan_carriedduty"),
    ]  # fmt: skip
