from django.db import migrations

# Of a value that was taken back with its transaction nobody knows, so no two states of the tables ever bear the same one.
FORWARD = """
INSERT INTO core_referenceversion (id, value) VALUES (1, gen_random_uuid());
CREATE FUNCTION benan_new_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE core_referenceversion SET value = gen_random_uuid();
    RETURN NULL;
END
$$;
CREATE FUNCTION benan_versioned(target regclass) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER reference_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s'
        ' FOR EACH STATEMENT EXECUTE FUNCTION benan_new_version()', target);
END
$$;
REVOKE ALL ON FUNCTION benan_new_version(), benan_versioned(regclass) FROM PUBLIC;
"""
BACKWARD = """
DROP FUNCTION benan_versioned(regclass);
DROP FUNCTION benan_new_version();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_principals")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
