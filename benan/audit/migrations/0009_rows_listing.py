from django.db import migrations

# PostgreSQL may not look for a code inside JSON before it has asked the wall (row-level security) about each row, so the
# index on listed files would be read whole. This function asks the wall once, for itself, and then uses the index.
FORWARD = """
CREATE FUNCTION audit_rows_listing(text) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
SELECT seq::bigint FROM audit_event
WHERE data ? 'files' AND data -> 'files' @> to_jsonb($1)
AND (SELECT split_part(current_setting('benan.principal', true), ':', 1) IN ('user', 'command'))
$$
"""
BACKWARD = "DROP FUNCTION audit_rows_listing(text)"


class Migration(migrations.Migration):
    dependencies = [("audit", "0008_key_changed"), ("core", "0002_principals")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
