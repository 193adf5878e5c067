from django.db import migrations

from benan.core.reference import versioned
from benan.core.row_security import protect, sample_nothing

# What the role of the pages may do to these two tables, whatever statement it finds a way to send.
FORWARD = """
CREATE FUNCTION accounts_stamp_is_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM vault_person) THEN
        RAISE EXCEPTION 'people are here already: the kind of this installation is no longer open';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER stamp_is_new BEFORE INSERT ON accounts_installation
    FOR EACH ROW EXECUTE FUNCTION accounts_stamp_is_new();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_installation
    FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();

CREATE FUNCTION accounts_link_is_narrow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ends text[] := '{used_at,used_from,void_at}';
    was jsonb;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.kind = 'demo' AND NOT EXISTS (SELECT FROM accounts_installation WHERE demo) THEN
            RAISE EXCEPTION 'a link of a demo belongs to a demo';
        END IF;
        IF NEW.used_at IS NOT NULL OR NEW.expires_at > now() + interval '8 days' THEN
            RAISE EXCEPTION 'a link begins unused, and ends within days';
        END IF;
    ELSE
        was := to_jsonb(OLD);
        IF was - ends <> to_jsonb(NEW) - ends OR was ->> 'used_at' IS NOT NULL OR was ->> 'void_at' IS NOT NULL THEN
            RAISE EXCEPTION 'a link can only be used up';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER link_is_narrow BEFORE INSERT OR UPDATE ON accounts_entrylink
    FOR EACH ROW EXECUTE FUNCTION accounts_link_is_narrow();
CREATE TRIGGER link_stays BEFORE DELETE OR TRUNCATE ON accounts_entrylink
    FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
REVOKE ALL ON FUNCTION accounts_stamp_is_new(), accounts_link_is_narrow() FROM PUBLIC;
"""
BACKWARD = """
DROP TRIGGER link_stays ON accounts_entrylink;
DROP TRIGGER link_is_narrow ON accounts_entrylink;
DROP FUNCTION accounts_link_is_narrow();
DROP TRIGGER append_only ON accounts_installation;
DROP TRIGGER stamp_is_new ON accounts_installation;
DROP FUNCTION accounts_stamp_is_new();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("audit", "0002_append_only"),
        ("core", "0003_reference_version"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        versioned("accounts_installation"),
        protect(
            "accounts_user", "accounts_membership", "accounts_entrylink", "accounts_installation", "accounts_session",
            "accounts_failedattempts", "mfa_authenticator", principals="entry,user,command",
        ),
        protect(
            "accounts_team", "accounts_team_kept_from", "accounts_teammember", "accounts_sentform", "accounts_endrequest"
        ),
        sample_nothing(
            ("mfa_authenticator", "data"), ("accounts_session", "session_data"), ("accounts_user", "password")
        ),
    ]  # fmt: skip
