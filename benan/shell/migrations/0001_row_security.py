from django.db import migrations

# Every table about people, of the work on them, and of officers. What is not here is named, with the reason, in
# tests/house/test_row_security.py. A table made later is protected by the migration that makes it.
AFTER_SIGNING_IN = (
    "support_assessment", "support_need", "support_provision", "support_measure", "support_dangernotice",
    "support_referral", "support_visit", "cases_status", "cases_fact", "cases_guardianship", "cases_reception",
    "cases_erasure", "cases_file", "cases_track", "cases_step", "cases_due", "cases_finding", "vault_person", "vault_sealed",
    "vault_token", "accounts_team", "accounts_team_kept_from", "accounts_teammember", "accounts_sentform",
    "accounts_endrequest",
)  # fmt: skip
TO_SIGN_IN = (
    "accounts_user", "accounts_membership", "accounts_entrylink", "accounts_installation",
    "mfa_authenticator", "accounts_session", "accounts_failedattempts", "audit_event",
)  # fmt: skip


def _protect(tables, kinds):
    # A table that this state of the program no longer has is passed over.
    return [
        (f"SELECT benan_protect(t, '{{{kinds}}}') FROM to_regclass('public.{table}') t WHERE t IS NOT NULL")
        for table in tables
    ]


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("core", "0003_key_change"),
        ("audit", "0007_files_listed"),
        ("accounts", "0006_sessions_and_failures"),
        ("vault", "0001_initial"),
        ("cases", "0012_sealed_births"),
        ("support", "0004_danger_and_consent"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        migrations.RunSQL(_protect(AFTER_SIGNING_IN, "user,command"), migrations.RunSQL.noop),
        migrations.RunSQL(_protect(TO_SIGN_IN, "entry,user,command"), migrations.RunSQL.noop),
    ]
