"""What the pages' own role cannot do in SQL: turn a real installation into a demo, or let somebody in."""

import datetime as dt
import hashlib

import psycopg
import pytest
from django.test import Client
from django.urls import reverse

from benan.accounts.actions import links
from benan.accounts.middleware import DEMO
from benan.accounts.models import EntryLink, Installation
from benan.core.days import clock
from tests.cast import Cast, Officer

SECRET = "a-secret-of-ones-own-choice-0123"


@pytest.fixture
def lan(committed_database, settings):
    """An officer of a real installation."""
    settings.BENAN_TODAY = "2017-11-09"
    Installation.objects.get_or_create(pk=1, defaults={"demo": False})
    return Cast().officer("lan")


@pytest.fixture
def attack(lan, committed_database):
    """Call with SQL, sent as the pages' role; whether the database let it through."""
    with committed_database.connect("web") as web:

        def attack(statement, values=()):
            try:
                web.execute(statement, values)
            except (
                psycopg.errors.InsufficientPrivilege,
                psycopg.errors.RaiseException,
                psycopg.errors.UniqueViolation,
            ):
                return False
            return True

        yield attack


def plant(attack, user, kind="new_password", secret=SECRET):
    now, digest = clock(), hashlib.sha256(secret.encode()).hexdigest()
    return attack(
        "INSERT INTO accounts_entrylink (user_id, kind, secret_hash, made_at, expires_at, used_from) VALUES (%s, %s, %s, %s, %s, '')",
        [user.pk, kind, digest, now, now + dt.timedelta(days=1)],
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_installation SET demo = true",
        "DELETE FROM accounts_installation",
        "INSERT INTO accounts_installation (id, demo, made_at) VALUES (1, true, now())"
        " ON CONFLICT (id) DO UPDATE SET demo = true",
        "TRUNCATE accounts_installation",
    ],
)
def test_a_real_installation_is_not_made_a_demo(attack, statement):
    attack(statement)
    assert list(Installation.objects.values_list("demo", flat=True)) == [False]


def test_once_people_are_here_nobody_says_what_kind_of_installation_it_is(attack, committed_database):
    with committed_database.connect("owner") as owner:
        owner.execute("ALTER TABLE accounts_installation DISABLE TRIGGER USER")
        owner.execute("DELETE FROM accounts_installation")
        owner.execute("ALTER TABLE accounts_installation ENABLE TRIGGER USER")
        owner.execute("INSERT INTO vault_person VALUES (gen_random_uuid(), 'x', now(), NULL)")
    attack("INSERT INTO accounts_installation (id, demo, made_at) VALUES (1, true, now())")
    assert not Installation.objects.exists()


def test_a_planted_link_opens_nothing(attack, lan):
    plant(attack, lan)
    assert Client().get(reverse("accounts:enter", args=[SECRET])).status_code == 404


def test_no_link_of_a_demo_is_planted_in_a_real_installation(attack, lan):
    assert not plant(attack, lan, kind="demo")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE accounts_entrylink SET user_id = (SELECT id FROM accounts_user WHERE username = 'van')",
        "UPDATE accounts_entrylink SET kind = 'invitation'",
        "UPDATE accounts_entrylink SET expires_at = now() + interval '1 year'",
        "UPDATE accounts_entrylink SET made_by_id = NULL, made_at = now()",
        "UPDATE accounts_entrylink SET used_at = NULL",
        "DELETE FROM accounts_entrylink",
    ],
)
def test_a_link_is_neither_moved_nor_revived_nor_removed(attack, lan, change):
    links.make_link(by=None, user=lan, kind=EntryLink.Kind.NEW_PASSWORD)
    EntryLink.objects.update(used_at=clock())
    before = list(EntryLink.objects.values_list())
    attack(change)
    assert list(EntryLink.objects.values_list()) == before


def test_a_link_moved_to_another_account_by_the_owner_of_the_tables_opens_nothing(lan, committed_database):
    secret = links.make_link(by=None, user=lan, kind=EntryLink.Kind.NEW_PASSWORD)
    with committed_database.connect("owner") as owner:
        owner.execute("ALTER TABLE accounts_entrylink DISABLE TRIGGER USER")
        owner.execute("UPDATE accounts_entrylink SET user_id = (SELECT id FROM accounts_user WHERE username = 'van')")
    assert Client().get(reverse("accounts:enter", args=[secret])).status_code == 404


def test_in_a_real_installation_no_session_is_excused_from_the_second_factor(lan):
    browser = Officer(lan)
    lan.authenticator_set.all().delete()
    session = browser.session
    session[DEMO] = True
    session.save()
    assert browser.get("/").url == reverse("mfa_activate_totp")


def test_a_demo_link_carried_to_a_real_installation_opens_nothing(committed_database, settings):
    settings.BENAN_TODAY = "2017-11-09"
    Installation.objects.get_or_create(pk=1, defaults={"demo": True})
    secret, browser = links.make_link(by=None, user=Cast().officer("lan"), kind=EntryLink.Kind.DEMO), Client()
    assert browser.get(reverse("accounts:enter", args=[secret])).status_code == 200
    with committed_database.connect("owner") as owner:
        owner.execute("ALTER TABLE accounts_installation DISABLE TRIGGER append_only")
        owner.execute("UPDATE accounts_installation SET demo = false")
    assert browser.get(reverse("accounts:enter", args=[secret])).status_code == 404
    assert browser.post(reverse("accounts:enter", args=[secret])).status_code == 404
