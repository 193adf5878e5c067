"""Administrators, heads and officers do every act in every order: nobody becomes another by the acts of one person.

One of them is the attacker: keeps links, uses those meant for others, sets factors, acts in every name that became
theirs. The others do what they are asked. The machine notes for every account who knows its password and whose
telephone its second factor is, and which people's acts led there.
"""

import datetime as dt
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from benan.accounts.actions import endings, links, officers, roles
from benan.accounts.models import (
    ADMINISTRATORS,
    CONFIRMED_ROLES,
    HEADS,
    EndRequest,
    EntryLink,
    Membership,
    User,
    second_factor_of,
)
from benan.accounts.reasons import Reason
from benan.core import days
from benan.core.refusals import Refused
from tests.accounts.conftest import COMMUNE, OFFICE, SECRET, seated
from tests.cast import TODAY

pytestmark = pytest.mark.django_db
Link = EntryLink.Kind
DAY = dt.timedelta(days=1)
PAPER = {"paper_no": "12/QĐ-UBND", "paper_on": TODAY}
WHY = Reason.OTHER
# Administrators, the head of the commune, its receiver, a caseworker at an office without a head, and two to be invited.
PEOPLE = ("van", "vy", "tam", "ngoc", "hanh", "moi", "ba")
SEATS = (
    ("receiver", COMMUNE),
    ("caseworker", OFFICE),
    ("head", COMMUNE),
    ("head", OFFICE),
    ("administrator", "operator"),
)


class Accounts(RuleBasedStateMachine):
    """The accounts, each with who knows its password and who has its factor: (person, whose acts led there)."""

    def __init__(self):
        super().__init__()
        self._undone = transaction.atomic()
        self._undone.__enter__()
        self.today = django_settings.BENAN_TODAY
        self.names = list(PEOPLE[:5])  # accounts that exist
        self.passwords = {name: (name, set()) for name in ("van", "vy", "tam", "ngoc", "hanh")}
        self.factors = dict(self.passwords)
        self.freed = {}  # whose acts took the factor off
        self.links = {}  # account: the latest link
        self.after = {}  # membership: who confirmed it after the account was taken over
        self.anew = {}  # membership of an account that was reopened: whose acts made the role hold since

    def teardown(self):
        """Leave the database as it was."""
        django_settings.BENAN_TODAY = self.today
        transaction.set_rollback(True)
        self._undone.__exit__(None, None, None)

    attacker = victim = ""

    @initialize(inviter=st.sampled_from(("van", "vy")), seat=st.sampled_from(SEATS[:2]))
    def begin(self, inviter, seat):
        """One officer is invited by one administrator and given a role, which waits, by the other."""
        other = {"van": "vy", "vy": "van"}[inviter]
        self._try(self._invite, SimpleNamespace(person=inviter, name=inviter), "moi")
        role, key = seat
        self._try(roles.grant_role, by=user(other), user=user("moi"), agency=agency(key), role=role, since=TODAY)

    # Who is who.

    def controller(self, name):
        """Who works in an account: with password and second factor."""
        if name in self.factors and self.passwords[name][0] == self.factors[name][0]:
            return self.passwords[name][0]
        return None

    def led(self, name):
        """Whose acts led whoever controls an account of another there; nobody's for one's own."""
        person = self.controller(name)
        if person == name:
            return {person}
        return {person} | self.passwords[name][1] | self.factors[name][1]

    def actor(self, data, roles_=(*ADMINISTRATORS, *HEADS)):
        """Somebody in one of some roles who acts, and in whose account: mostly the attacker."""
        held = Membership.objects.holding().filter(role__in=roles_).values_list("user__username", flat=True)
        able = [name for name in self.names if name in set(held) and self.controller(name)]
        theirs = [name for name in able if self.controller(name) == self.attacker]
        name = data.draw(st.sampled_from((theirs if theirs and data.draw(st.booleans()) else able) or ["van"]))
        return SimpleNamespace(person=self.controller(name), name=name)

    def target(self, data, actor):
        """Somebody else, mostly the one whom the attacker is after."""
        others = [name for name in self.names if name != actor.name]
        return self.victim if self.victim in others and data.draw(st.booleans()) else data.draw(st.sampled_from(others))

    def _try(self, do, *args, **kwargs):
        """What a verb gives; None where it refuses."""
        try:
            return do(*args, **kwargs)
        except (Refused, PermissionDenied, IntegrityError):
            return None

    @rule(data=st.data())
    def somebody_acts(self, data):
        """One act of those that are possible at all; those that lead on come more often."""
        waiting = Membership.objects.waiting().exists()
        possible = {
            self.attack: 18 if self.controller(self.attacker) == self.attacker != self.victim else 0,
            self.make_account: int("ba" not in self.names),
            self.make_link: 2,
            self.restore: 4,
            self.use_link: 4 if self.links else 0,
            self.set_factor: 3 if set(self.passwords) - set(self.factors) else 0,
            self.grant: 1,
            self.confirm: 6 if waiting else 0,
            self.end: 1,
            self.agree: 2 if EndRequest.objects.filter(closed_at=None).exists() else 0,
            self.stop_or_reopen: 1,
            self.next_day: int(Membership.objects.filter(until=days.legal_day()).exists()),
        }
        data.draw(st.sampled_from([act for act, times in possible.items() for _time in range(times)]))(data)

    def _invite(self, actor, name):
        _user, secret = officers.make_account(by=user(actor.name), username=name, full_name=name)
        self.names.append(name)
        self.links[name] = (Link.INVITATION, secret, actor.person, self.led(actor.name))

    def make_account(self, data):
        """Somebody is invited."""
        self._try(self._invite, self.actor(data, ADMINISTRATORS), "ba")

    def make_link(self, data):
        """A link for somebody, of a kind that fits their account."""
        actor = self.actor(data)
        name = self.target(data, actor)
        self._link(actor, name, data.draw(st.sampled_from(self._fitting(name))))

    def _fitting(self, name):
        if name in self.factors:
            return [Link.NEW_PASSWORD, Link.LOST_FACTOR]
        return [Link.NEW_PASSWORD if name in self.passwords else Link.INVITATION]

    def _link(self, actor, name, kind):
        if secret := self._try(links.make_link, by=user(actor.name), user=user(name), kind=kind):
            self.links[name] = (kind, secret, actor.person, self.led(actor.name))

    def use_link(self, data):
        """A link is used by its owner or by who made it; a lost factor's only by who knows the password."""
        name = data.draw(st.sampled_from(sorted(self.links)))
        self._use(name, data.draw(st.sampled_from((self.links[name][2], name))))

    def _use(self, name, person):
        kind, secret, _maker, led = self.links[name]
        if kind == Link.LOST_FACTOR and self.passwords[name][0] != person:
            return
        if self._try(links.use_link, secret=secret, password=f"một câu dài của {person}"):
            if kind == Link.LOST_FACTOR:
                self.factors.pop(name, None)
                self.freed[name] = set() if person == name else led | {person}
            else:
                self.passwords[name] = (person, led | {person})
        del self.links[name]

    def set_factor(self, data):
        """Who knows the password of an account without a factor sets one up."""
        self._factor(data.draw(st.sampled_from(sorted(set(self.passwords) - set(self.factors)))))

    def _factor(self, name):
        if user(name).is_active:
            person = self.passwords[name][0]
            TOTP.activate(user(name), SECRET)
            self.factors[name] = (person, self.freed.pop(name, set()) | {person})

    def grant(self, data):
        """A role is given."""
        actor = self.actor(data, ADMINISTRATORS)
        name = self.target(data, actor)
        role, key = data.draw(st.sampled_from(SEATS))
        on = days.legal_day()
        self._try(roles.grant_role, by=user(actor.name), user=user(name), agency=agency(key), role=role, since=on)

    def confirm(self, data):
        """A role that waits is confirmed by somebody who means well."""
        waiting = list(Membership.objects.waiting().order_by("pk").select_related("user"))
        others = [name for name in ("tam", "van", "vy") if self.controller(name) == name != self.attacker]
        name = data.draw(st.sampled_from(others or ["tam"]))
        self._confirm(SimpleNamespace(person=name, name=name), data.draw(st.sampled_from(waiting)))

    def _confirm(self, actor, membership):
        if self._try(roles.confirm_role, by=user(actor.name), membership=membership, **PAPER):
            if membership.pk in self.anew:
                self.anew[membership.pk] |= self.led(actor.name)
            name = membership.user.username
            holder = self.passwords.get(name, (name,))[0]
            self.after[membership.pk] = self.led(actor.name) if holder != name else set()

    def restore(self, data):
        """Somebody who means well confirms that the victim lost the telephone, who then uses the link."""
        guardian = data.draw(st.sampled_from([name for name in ("tam", "vy", "van") if name != self.attacker]))
        if self.controller(guardian) == guardian != self.victim and self.victim in self.factors:
            kept = self.links.get(self.victim)
            self._link(SimpleNamespace(person=guardian, name=guardian), self.victim, Link.LOST_FACTOR)
            if self.links.get(self.victim) != kept:
                self._use(self.victim, self.victim)

    def attack(self, data):
        """The attacker goes on towards the victim, in the own name."""
        me, name = SimpleNamespace(person=self.attacker, name=self.attacker), self.victim
        ways = [(self._link, me, name, kind) for kind in self._fitting(name)]
        if name in self.links and self.links[name][2] == self.attacker:
            ways += [(self._use, name, self.attacker)]
        if name not in self.factors and self.passwords.get(name, (None,))[0] == self.attacker:
            ways += [(self._factor, name)] * 4
        waiting = Membership.objects.waiting().filter(user__username=name).select_related("user")
        ways += [(self._confirm, me, row) for row in waiting]
        do, *arguments = data.draw(st.sampled_from(ways))
        do(*arguments)

    def end(self, data):
        """A role is ended, as of yesterday or after today, alone or by asking."""
        held = list(Membership.objects.filter(until=None, role__in=(*ADMINISTRATORS, *HEADS)).order_by("pk"))
        if not held:
            return
        actor, membership = self.actor(data, ADMINISTRATORS), data.draw(st.sampled_from(held))
        until = days.legal_day() - data.draw(st.sampled_from((0, 1))) * DAY
        for verb in (roles.end_role, endings.ask_to_end_role):
            self._try(verb, by=user(actor.name), membership=membership, until=until, why=WHY)

    def agree(self, data):
        """What was asked is agreed to, declined or withdrawn."""
        asked = list(EndRequest.objects.filter(closed_at=None).order_by("pk"))
        verb = data.draw(st.sampled_from((endings.agree_to_end, endings.decline_end, endings.withdraw_end)))
        self._try(verb, by=user(self.actor(data).name), request=data.draw(st.sampled_from(asked)))

    def stop_or_reopen(self, data):
        """An account is stopped, alone or by asking, or used again."""
        actor, name = self.actor(data, ADMINISTRATORS), data.draw(st.sampled_from(self.names))
        verbs = (officers.stop_account, endings.ask_to_stop) if user(name).is_active else (officers.reopen_account,)
        stopped = not user(name).is_active
        for verb in verbs:
            self._try(verb, by=user(actor.name), user=user(name), why=WHY)
        if stopped and user(name).is_active:
            confirmed = user(name).memberships.filter(role__in=CONFIRMED_ROLES)
            self.anew |= {row.pk: self.led(actor.name) for row in confirmed}

    def next_day(self, data):
        """What ends today has ended."""
        django_settings.BENAN_TODAY = (days.legal_day() + DAY).isoformat()

    @invariant()
    def nobody_acts_as_another_by_the_acts_of_one(self):
        """Whoever controls an account of another while a confirmed role holds there had at least two people's acts."""
        taken = [name for name in PEOPLE if self.controller(name) not in (None, name)]
        rows = Membership.objects.holding().filter(role__in=CONFIRMED_ROLES, user__username__in=taken) if taken else ()
        for row in rows:
            name = row.user.username
            people = (self.led(name) | self.after.get(row.pk, set())) - {name}
            assert len(people) > 1, f"{people} alone acts as {name}, {row.role}"

    @invariant()
    def no_role_holds_again_by_the_acts_of_one(self):
        """A confirmed role of a reopened account holds by the acts of at least two people since."""
        for row in Membership.objects.holding().filter(pk__in=self.anew).select_related("user"):
            assert len(self.anew[row.pk]) > 1, f"{self.anew[row.pk]} alone gave {row.user.username} back {row.role}"

    @invariant()
    def the_account_is_as_noted(self):
        """An account has a password and a factor where somebody is noted who knows or has it."""
        for one in User.objects.filter(username__in=PEOPLE).annotate(has_factor=second_factor_of("pk")):
            expected = (one.username in self.passwords, one.username in self.factors)
            assert (one.has_usable_password(), one.has_factor) == expected, one.username


def user(name):
    """The account as the next request reads it."""
    return User.objects.get(username=name)


def agency(key):
    """An agency by its key."""
    return AGENCIES[key]


AGENCIES = {}


@pytest.fixture
def province(van, vy, tam, ngoc, cast):
    """Everybody works, with a password and a second factor of their own."""
    seated(ngoc, "receiver", COMMUNE)
    cast.officer("hanh")
    seats = Membership.objects.select_related("agency")
    AGENCIES.update({row.agency.key: row.agency for row in seats})
    for one in (tam, ngoc):
        one.set_password("câu dài của chính mình")
        one.save()


SETTINGS = settings(
    max_examples=20, stateful_step_count=25, derandomize=True, phases=[Phase.generate], deadline=None, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.mark.parametrize(
    ("attacker", "victim"),
    [("van", "moi"), ("van", "ngoc"), ("van", "hanh"), ("van", "tam"), ("van", "vy"), ("tam", "ngoc")],
)
def test_nobody_acts_as_another_without_two_people(province, attacker, victim):
    machine = type("Attack", (Accounts,), {"attacker": attacker, "victim": victim})
    run_state_machine_as_test(machine, settings=SETTINGS)
