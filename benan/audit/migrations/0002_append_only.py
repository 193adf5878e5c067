from django.db import migrations

from benan.core.row_security import protect

# Rows are only added, one after the other: a row with the greatest number there is would leave no number for the next.
# PostgreSQL may not look for a code inside JSON before it has asked row-level security about each row, so the index on
# listed cases would be read whole; `audit_rows_listing` asks once, for itself, and then uses the index. It
# says how many rows to expect: of a thousand, the planner would read the whole trail.
FORWARD = """
CREATE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only added to', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();

CREATE FUNCTION audit_event_is_next() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT coalesce(max(seq), 0) + 1 FROM audit_event) THEN
        RAISE EXCEPTION 'rows of audit_event are added one after the other';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION audit_event_is_next() FROM PUBLIC;
CREATE TRIGGER in_order BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_is_next();

CREATE FUNCTION audit_rows_listing(text) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20 SET search_path = public, pg_temp AS $$
SELECT seq::bigint FROM audit_event
WHERE data ? 'cases' AND data -> 'cases' @> to_jsonb($1)
AND (SELECT split_part(current_setting('benan.principal', true), ':', 1) IN ('user', 'command'))
$$
"""
BACKWARD = """
DROP FUNCTION audit_rows_listing(text);
DROP TRIGGER in_order ON audit_event;
DROP FUNCTION audit_event_is_next();
DROP TRIGGER append_only ON audit_event;
DROP FUNCTION forbid_change();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("core", "0002_principals")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        protect("audit_event", principals="entry,user,command"),
    ]
