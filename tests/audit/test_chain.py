"""The trail is only added to, and whoever goes round that leaves a mark."""

import datetime as dt
import io
import re
import threading

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections, transaction

from benan.accounts.events import AccountEvent
from benan.audit import heads, trail
from benan.audit.models import Event
from benan.audit.verify import verify
from benan.cases.events import CaseEvent
from benan.core.days import clock
from benan.vault.events import VaultEvent


@pytest.fixture
def chain(town):
    """Twelve rows by two people, committed and exported, after what loading the plan left."""
    lan, hanh = town.officer("lan"), town.officer("hanh")
    users = [lan, hanh] * 6
    return [
        trail.record(by=user, event=CaseEvent.VIEWED, on="case:17-00001", data={"n": n}) for n, user in enumerate(users)
    ]


@pytest.fixture
def as_owner(town, chain):
    """Call with SQL: run by the owner of the tables, the trigger that forbids it switched off first."""
    with town.copy.connect("owner") as owner:

        def run(sql, *values):
            owner.execute("ALTER TABLE audit_event DISABLE TRIGGER append_only")
            owner.execute(sql, values)

        yield run


def rewrite(run, since, **changes):
    """Change a row and seal it and all that follow anew, as somebody would who knows how the chain is made."""
    previous = None
    for row in Event.objects.filter(seq__gte=since.seq).order_by("seq"):
        if previous is None:
            for name, value in changes.items():
                setattr(row, name, value)
        else:
            row.previous = previous
        row.hash = previous = row.sealed()
        run(
            'UPDATE audit_event SET "by" = %s, previous = %s, hash = %s WHERE seq = %s',
            row.by,
            row.previous,
            row.hash,
            row.seq,
        )


def test_a_trail_that_nobody_touched_is_sound(chain):
    found = verify()
    assert (found.rows, found.wrong, found.uncovered) == (chain[-1].seq, [], [])


def test_an_edited_row_is_named(as_owner, chain):
    as_owner("""UPDATE audit_event SET "by" = 'vy' WHERE seq = %s""", chain[4].seq)
    assert verify().wrong == [f"Dòng {chain[4].seq} đã bị sửa."]


@pytest.mark.parametrize(
    "change",
    ["at = at - interval '1 second'", "event = 'searched'", "subject = 'case:17-00009'", "data = '{\"n\": 99}'"],
)
def test_no_part_of_a_row_can_be_edited_unseen(as_owner, chain, change):
    as_owner(f"UPDATE audit_event SET {change} WHERE seq = %s", chain[6].seq)
    assert verify().wrong == [f"Dòng {chain[6].seq} đã bị sửa."]


def test_a_deletion_in_the_middle_is_named(as_owner, chain):
    as_owner("DELETE FROM audit_event WHERE seq IN (%s, %s)", chain[4].seq, chain[5].seq)
    assert verify().wrong == [f"Thiếu dòng {chain[4].seq} đến {chain[5].seq}: đã bị xóa."]


def test_a_deletion_at_the_end_shows_against_the_heads_kept_outside(as_owner, chain):
    as_owner("DELETE FROM audit_event WHERE seq > %s", chain[8].seq)
    assert verify().wrong == [f"Mất 3 dòng cuối (sau dòng {chain[8].seq}): đã bị xóa."]


def test_an_emptied_trail_shows_against_the_heads_kept_outside(as_owner, chain):
    as_owner("TRUNCATE audit_event")
    assert verify().wrong == [f"Mất {chain[-1].seq} dòng cuối (sau dòng 0): đã bị xóa."]


def test_a_trail_sealed_anew_from_a_row_on_shows_against_the_heads_kept_outside(as_owner, chain):
    rewrite(as_owner, chain[7], by="vy")
    rows = [
        re.match(r"Dòng (\d+) khác với mã kiểm tra đã lưu ngoài cơ sở dữ liệu \(dòng \d+ ", words)
        for words in verify().wrong
    ]
    assert [int(row[1]) for row in rows if row] == [row.seq for row in chain[7:]]


def test_heads_of_a_rewritten_chain_go_back_behind_confirmed_ones(as_owner, chain, settings):
    rewrite(as_owner, chain[7], by="vy")
    with settings.HEADS_FILE.open("a") as file:
        file.writelines(f"{row.seq} {row.hash} {row.previous}\n" for row in Event.objects.filter(seq__gte=chain[7].seq))
    assert any("không đúng thứ tự" in sentence for sentence in verify().wrong)
    assert any("ghi khác nhau" in sentence for sentence in verify().wrong)


@pytest.mark.parametrize("left", ["", None])
def test_a_missing_or_empty_file_of_heads_is_a_finding(as_owner, chain, settings, left):
    rewrite(as_owner, chain[7], by="vy")
    settings.HEADS_FILE.unlink()
    if left is not None:
        settings.HEADS_FILE.write_text(left)
    found = verify()
    assert len(found.wrong) == 1 and "ệp mã kiểm tra" in found.wrong[0]
    assert found.uncovered == [(1, chain[-1].seq)]


def test_what_is_no_file_of_heads_is_a_finding(chain, settings, tmp_path):
    settings.HEADS_FILE = tmp_path
    assert "không phải là một tệp" in verify().wrong[0]


@pytest.mark.parametrize(
    "line", ["x" * 80, "mười hai " + "0" * 64, "12 " + "z" * 64, "12 34", "", "9" * 5000 + " " + "0" * 64, "\xff\0"]
)
def test_a_line_that_cannot_be_read_is_named_by_its_number(chain, settings, line):
    lines = settings.HEADS_FILE.read_bytes().splitlines(keepends=True)
    settings.HEADS_FILE.write_bytes(b"".join([*lines[:4], line.encode() + b"\n", *lines[4:]]))
    assert verify().wrong == ["Dòng 5 của tệp mã kiểm tra không đọc được."]


def test_a_head_of_a_transaction_that_was_never_committed_is_no_finding(chain, settings):
    with settings.HEADS_FILE.open("a") as file:
        file.write(f"{chain[-1].seq + 2} {'0' * 64} {chain[-1].hash}\n")
    trail.record(by=None, event=AccountEvent.LOCK_LIFTED)
    found = verify()
    assert (found.wrong, found.uncovered) == ([], [])


def test_a_head_whose_confirmation_was_never_written_is_confirmed_by_the_next_one(as_owner, chain, settings):
    lines = settings.HEADS_FILE.read_text().splitlines(keepends=True)
    settings.HEADS_FILE.write_text("".join(line for line in lines if "committed" not in line))
    assert verify().wrong == []
    as_owner("DELETE FROM audit_event WHERE seq > %s", chain[8].seq)
    assert verify().wrong == [f"Mất 2 dòng cuối (sau dòng {chain[8].seq}): đã bị xóa."]


def test_a_confirmation_without_its_head_is_a_finding(chain, settings):
    with settings.HEADS_FILE.open("a") as file:
        file.write(f"{chain[-1].seq} {'0' * 64} committed\n")
    assert any("xác nhận một mã không có trong tệp" in sentence for sentence in verify().wrong)


def test_heads_taken_away_leave_rows_that_none_covers(chain, settings):
    lines = settings.HEADS_FILE.read_text().splitlines(keepends=True)
    settings.HEADS_FILE.write_text("".join(lines[:-4]))
    trail.record(by=None, event=AccountEvent.LOCK_LIFTED)
    first, last = chain[-2].seq, chain[-1].seq
    assert (verify().uncovered, len(verify().wrong)) == ([(first, last)], 1), verify()
    assert verify(known=[(first, last)]).wrong == []


def test_a_row_slipped_in_between_two_pages_is_one_that_no_head_covers(town, chain):
    forged = Event(
        seq=chain[-1].seq + 1, at=clock(), by="hanh", event=VaultEvent.IDENTITY_OPENED, subject="case:17-00001", previous=chain[-1].hash
    )  # fmt: skip
    forged.hash = forged.sealed()
    with town.copy.connect("web", PRINCIPAL="entry") as web:
        web.execute(
            "INSERT INTO audit_event VALUES (%s, %s, %s, %s, %s, '{}', %s, %s)",
            [forged.seq, forged.at, forged.by, forged.event, forged.subject, forged.previous, forged.hash],
        )
    trail.record(by=None, event=AccountEvent.LOCK_LIFTED)
    assert verify().uncovered == [(forged.seq, forged.seq)]


def test_an_act_without_a_head_is_wrong_even_where_somebody_answers_for_looks(town, chain):
    with town.copy.connect("web", PRINCIPAL="entry") as web:
        row = Event(seq=chain[-1].seq + 1, at=clock(), event=AccountEvent.ROLE_CONFIRMED, previous=chain[-1].hash)
        row.hash = row.sealed()
        web.execute("INSERT INTO audit_event VALUES (%s, %s, '', %s, '', '{}', %s, %s)",
                    [row.seq, row.at, row.event, row.previous, row.hash])  # fmt: skip
    assert any("ghi một việc làm" in sentence for sentence in verify(known=[(row.seq, row.seq)]).wrong)


def test_rows_of_one_transaction_have_one_head(town):
    with transaction.atomic():
        rows = [trail.record(by=None, event=AccountEvent.LOCK_LIFTED) for _row in range(3)]
    assert (verify().wrong, verify().uncovered) == ([], [])
    assert list(heads.read().heads) == [rows[-1].seq]


def test_a_head_cut_short_by_a_crash_is_passed_over(chain, settings):
    with settings.HEADS_FILE.open("a") as file:
        file.write(f"{chain[-1].seq + 1} 0a1b")
    assert verify().wrong == []
    trail.record(by=None, event=AccountEvent.LOCK_LIFTED)
    assert (verify().wrong, verify().uncovered) == ([], [])


def test_the_command_says_what_is_wrong_and_fails(as_owner, chain):
    as_owner("DELETE FROM audit_event WHERE seq = %s", chain[4].seq)
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", stdout=out, stderr=err)
    assert ended.value.code == 1
    assert f"Thiếu dòng {chain[4].seq}" in err.getvalue() and f"Đã đọc {chain[-1].seq - 1} dòng" in out.getvalue()


def test_the_command_says_that_a_trail_is_sound(chain):
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    assert "Nhật ký nguyên vẹn." in out.getvalue()


def test_a_check_that_is_stopped_says_what_it_read_and_what_it_found(as_owner, chain):
    as_owner("""UPDATE audit_event SET "by" = 'vy' WHERE seq = %s""", chain[1].seq)
    told = []

    def stop_at_the_fifth(so_far):
        told.append((so_far.rows, so_far.last))
        if so_far.rows == chain[4].seq:
            raise KeyboardInterrupt

    found = verify(tell=stop_at_the_fifth, at_once=1)
    last = chain[-1].seq
    assert told == [(rows, last) for rows in range(1, chain[4].seq + 1)]
    assert (found.stopped, found.rows, found.wrong) == (True, chain[4].seq, [f"Dòng {chain[1].seq} đã bị sửa."])


CHANGES = [
    *("UPDATE audit_event SET event = event", "DELETE FROM audit_event", "TRUNCATE audit_event"),
    *("UPDATE cases_step SET key = key", "DELETE FROM cases_step", "TRUNCATE cases_step CASCADE"),
]


def test_the_program_itself_may_neither_change_nor_remove_what_a_ledger_holds(committed_database):
    with committed_database.connect("web") as web:
        for change in CHANGES:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(change)


def test_the_program_itself_adds_no_row_out_of_order(town, chain):
    values = "now(), '', 'lock_lifted', '', '{}', '', ''"
    with town.copy.connect("web") as web:
        for seq in (chain[-1].seq + 2, 2**63 - 1, -1):
            with pytest.raises(psycopg.errors.RaiseException, match="one after the other"):
                web.execute(f"INSERT INTO audit_event VALUES ({seq}, {values})")


def test_even_the_owner_of_a_ledger_has_to_take_its_trigger_away_first(committed_database):
    with committed_database.connect("owner") as owner:
        for change in CHANGES:
            with pytest.raises(psycopg.errors.RaiseException, match="only added to"):
                owner.execute(change)


def test_people_who_write_at_once_give_one_unbroken_chain(town):
    before, writers = Event.objects.count(), [town.officer(name) for name in ("lan", "hanh", "dung", "hung")]
    start = threading.Barrier(len(writers))

    def write(user):
        start.wait()
        try:
            for n in range(10):
                trail.record(by=user, event=CaseEvent.VIEWED, data={"n": n})
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[user]) for user in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = verify()
    assert (found.rows, found.wrong, found.uncovered) == (before + 40, [], [])
    assert sorted(heads.read().confirmed) == list(range(before + 1, before + 41))


def test_what_was_taken_back_leaves_neither_a_row_nor_a_head(chain):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        trail.record(by=None, event=AccountEvent.LOCK_LIFTED)
        raise ZeroDivisionError
    assert Event.objects.count() == heads.read().last == chain[-1].seq


def test_a_row_names_who_did_what_to_what_and_when(chain):
    row = Event.objects.get(seq=chain[0].seq)
    assert (row.by, row.event, row.subject, row.data) == ("lan", CaseEvent.VIEWED, "case:17-00001", {"n": 0})
    assert clock() - row.at < dt.timedelta(minutes=1)


def test_the_heads_are_for_the_program_alone_to_read(chain, settings):
    assert settings.HEADS_FILE.stat().st_mode & 0o777 == 0o600
