from django.db import migrations

from benan.core.row_security import protect

# What was submitted is not changed, and no step is rewritten, whatever asks for it. What was typed into an official table and the
# templates that were uploaded stay; a later row counts instead.
FORWARD = """
CREATE FUNCTION reports_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM reports_return WHERE id = OLD.ret_id AND frozen_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what return % says is frozen', OLD.ret_id;
    END IF;
    RETURN COALESCE(NEW, OLD);
END
$$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON reports_cell FOR EACH ROW EXECUTE FUNCTION reports_is_frozen();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON reports_narrative FOR EACH ROW EXECUTE FUNCTION reports_is_frozen();
CREATE TRIGGER unchanged BEFORE UPDATE ON reports_returnstep
    FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reports_typedcell
    FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reports_officetemplate
    FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
"""
BACKWARD = """
DROP TRIGGER append_only ON reports_officetemplate;
DROP TRIGGER append_only ON reports_typedcell;
DROP TRIGGER unchanged ON reports_returnstep;
DROP TRIGGER frozen ON reports_narrative;
DROP TRIGGER frozen ON reports_cell;
DROP FUNCTION reports_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("core", "0002_principals"), ("audit", "0002_append_only")]
    operations = [
        protect(
            "reports_period", "reports_return", "reports_cell", "reports_narrative", "reports_returnstep",
            "reports_officetemplate", "reports_typedcell",
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]  # fmt: skip
