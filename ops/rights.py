"""Revokes rights that PostgreSQL grants to every role and that no role here needs (decision 0018).

Only the superuser may revoke them, and it cannot sign in, so this is done in single-user mode while the server stands still: when a cluster is
made, and once for a cluster made before (or by an earlier version of this list).

For a server of one's own: python -m ops.rights | psql -v ON_ERROR_STOP=1 DATABASE, as its superuser.
"""

import hashlib
from pathlib import Path

from ops import Unready, files, programs

# Large objects are storage beside the tables, which no rule of a table reaches; the others write to the log of changes,
# end what others do, or let somebody read files, should a right ever be given by mistake.
FUNCTIONS = (
    "lo_close", "lo_creat", "lo_create", "lo_export", "lo_from_bytea", "lo_get", "lo_import", "lo_lseek", "lo_lseek64",
    "lo_open", "lo_put", "lo_tell", "lo_tell64", "lo_truncate", "lo_truncate64", "lo_unlink", "loread", "lowrite",
    "pg_logical_emit_message", "pg_cancel_backend", "pg_terminate_backend", "pg_read_file", "pg_read_binary_file",
    "pg_ls_dir", "pg_stat_file", "pg_export_snapshot", "database_to_xml", "schema_to_xml", "table_to_xml", "query_to_xml",
    "cursor_to_xml", "database_to_xml_and_xmlschema", "schema_to_xml_and_xmlschema", "table_to_xml_and_xmlschema",
    "query_to_xml_and_xmlschema",
)  # fmt: skip
# In each database, one statement to a line. Without a language nobody writes a function or runs a block of one;
# triggers and functions that are there already go on working.
REVOCATIONS = f"""
DO $$ DECLARE f regprocedure; BEGIN FOR f IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY ('{{{",".join(FUNCTIONS)}}}') LOOP EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f); END LOOP; END $$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON LANGUAGE plpgsql FROM PUBLIC;
REVOKE ALL ON LANGUAGE sql FROM PUBLIC;
GRANT USAGE ON LANGUAGE plpgsql TO owner;
GRANT USAGE ON LANGUAGE sql TO owner;
GRANT pg_checkpoint TO owner;
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO owner;
"""  # noqa: S608
VERSION = hashlib.sha256(REVOCATIONS.encode()).hexdigest()[:16]
MARK = "rights"  # file of the data folder: the version of the list that was run in its cluster


def as_superuser(folder: Path, database: str, statements: str) -> None:
    """Run statements, one to a line, in a database of files whose server stands still; raises Unready."""
    done = programs.call(
        *(programs.folder((folder / "PG_VERSION").read_text().strip()) / "postgres", "--single", "-D", folder),
        *("-c", "exit_on_error=on", database),
        given=statements,
    )
    if done.returncode:
        raise Unready(f"Không đặt được quyền của cơ sở dữ liệu trong {folder}: {programs.last_lines(done.stderr)}")


def revoke_once(data_dir: Path, cluster: Path, *databases: str) -> None:
    """Revoke in databases of a cluster whose server stands still, and in those made later, unless this list was run."""
    mark = data_dir / MARK
    if mark.exists() and mark.read_text() == VERSION:
        return
    for database in ("template1", *databases):
        as_superuser(cluster, database, REVOCATIONS)
    files.write_private(mark, VERSION)


if __name__ == "__main__":
    print(REVOCATIONS.strip())
