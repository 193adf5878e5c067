from django.db import migrations

# The second wall behind the queries of policy: no principal set, no rows. A principal is whoever a connection works for,
# "user:5", "entry" (signing in), "command:migrate", later "reporter"; its kind is the part before the colon.
# `inserting` are kinds that may add rows and read none (a statement with RETURNING reads). The owner is exempt.
# It is said as an inequality because PostgreSQL expects nearly every row of one: of an equality with what it does not
# know it expects one row in two hundred, and chooses plans for almost empty tables.
FORWARD = """
CREATE FUNCTION benan_protect(target regclass, kinds text[], inserting text[] DEFAULT '{}')
RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    one_of constant text := '(SELECT CASE WHEN split_part(current_setting(''benan.principal'', true), '':'', 1) = ANY (%L)'
        ' THEN ''rows'' ELSE ''no rows'' END) <> ''no rows''';
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('DROP POLICY IF EXISTS principal ON %s', target);
    EXECUTE format('DROP POLICY IF EXISTS inserting ON %s', target);
    EXECUTE format('CREATE POLICY principal ON %s USING (' || one_of || ')', target, kinds);
    IF inserting <> '{}' THEN
        EXECUTE format('CREATE POLICY inserting ON %s FOR INSERT WITH CHECK (' || one_of || ')', target, inserting);
    END IF;
END
$$;
REVOKE ALL ON FUNCTION benan_protect(regclass, text[], text[]) FROM PUBLIC;
SELECT benan_protect('core_remembered', '{entry,user,command}');
SELECT benan_protect('core_keychange', '{entry,user,command}');
"""
BACKWARD = """
ALTER TABLE core_remembered DISABLE ROW LEVEL SECURITY;
ALTER TABLE core_keychange DISABLE ROW LEVEL SECURITY;
DROP POLICY principal ON core_keychange;
DROP POLICY principal ON core_remembered;
DROP FUNCTION benan_protect(regclass, text[], text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
