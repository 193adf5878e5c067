from django.db import migrations

# A row with the greatest number there is would leave no number for the next one, so that nothing could be done any more.
FORWARD = """
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
"""
BACKWARD = "DROP TRIGGER in_order ON audit_event; DROP FUNCTION audit_event_is_next();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0009_rows_listing")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
