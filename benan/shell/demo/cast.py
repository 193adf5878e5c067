"""The officers of the demo: made and given their roles by the verbs that a province would use."""

import datetime as dt
from pathlib import Path
from typing import Any

import yaml
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.db import transaction

from benan.accounts import factors
from benan.accounts.actions import numbers, officers, roles
from benan.accounts.models import Membership, User, second_factor_of
from benan.accounts.roles import ROLES, P
from benan.agencies.models import Agency
from benan.places import queries as places
from benan.shell.demo import lives

HOME_DISTRICT = "737"  # of those who stand by name in the file: Trảng Bom
CAST = Path(__file__).parent / "cast.yaml"
EACH_DISTRICT = (
    ("thu_truong", "police_head", "police-{unit}"),
    ("xa", "receiver", "commune-{commune}"),
    ("phong", "caseworker", "labour-{unit}"),
    ("cong_an", "investigator", "police-{unit}"),
    ("chu_tich", "head", "district-{unit}"),
)


def read() -> tuple[dict[str, Any], list[tuple[str, str, str, str]]]:
    """The file's terms (`paper`, `since`), and everybody as (username, name, role, key of the agency)."""
    spec = yaml.safe_load(CAST.read_text())
    people = [(username, one["name"], one["role"], one["at"]) for username, one in spec["people"].items()]
    for slug, district in spec["districts"].items():
        for name, (word, role, agency) in zip(district["names"], EACH_DISTRICT, strict=True):
            people.append((f"{word}_{slug}", name, role, agency.format(**district)))
    return spec, sorted(people, key=lambda one: one[2] != "police_head")


@transaction.atomic
def appoint() -> str:
    """Make the whole cast, once; says how many there are.

    The program makes the two administrators, one of them gives every role. What opens identities is confirmed by
    the head of the agency where there is one, else by the other administrator with the number of a paper.
    """
    spec, people = read()
    # A demo made before roles asked for a second factor.
    for user in User.objects.filter(username__in=[one[0] for one in people]).exclude(second_factor_of("pk")):
        _give_factor(user)
    if User.objects.exists():
        return f"{User.objects.count()} cán bộ đã có."
    since = lives.day(spec["since"])
    agencies = {agency.key: agency for agency in Agency.objects.select_related("superior")}
    first = [one for one in people if one[2] == "administrator"]
    administrators = [_officer(one, agencies, by=None, since=since, paper_no="")[0] for one in first]
    giver, confirmer = administrators
    heads: dict[str, User] = {}
    for one in people:
        if one in first:
            continue
        user, membership = _officer(one, agencies, by=giver, since=since, paper_no=spec["paper"])
        is_head = P.ROLE_CONFIRM in ROLES[membership.role].permissions
        above = membership.agency.superior if is_head else membership.agency
        if membership.waits_for_confirmation:
            roles.confirm_role(by=heads.get(above.key if above else "", confirmer), membership=membership)
        if is_head:
            heads[membership.agency.key] = user
    _list_desks(spec, by=giver, since=since)
    return f"{len(people)} cán bộ giả lập."


def _list_desks(spec: dict[str, Any], *, by: User, since: dt.date) -> None:
    units = [places.HOME, HOME_DISTRICT, *(district["unit"] for district in spec["districts"].values())]
    listed = [
        (unit, *desk) for unit in units for desk in spec["desks"]["province" if unit == places.HOME else "district"]
    ]
    for number, (unit, desk, label, first, last) in enumerate(listed, start=1):
        numbers.add_number(
            by=by,
            desk=desk,
            area_code=unit,
            label=label,
            phone=f"0900 000 {400 + number}",
            since=since,
            from_hour=dt.time.fromisoformat(first),
            to_hour=dt.time.fromisoformat(last),
        )


def _officer(
    one: tuple[str, str, str, str], agencies: dict[str, Agency], *, by: User | None, since: dt.date, paper_no: str
) -> tuple[User, Membership]:
    username, name, role, key = one
    user, _secret = officers.make_account(by=by, username=username, full_name=name)
    _give_factor(user)
    granted = roles.grant_role(
        by=by,
        user=user,
        agency=agencies[key],
        role=role,
        since=since,
        paper_no=paper_no,
        paper_on=since if paper_no else None,
        post=Membership.Post.HEAD if ROLES[role].approves_papers else "",
    )
    return user, granted


def _give_factor(user: User) -> None:
    """A second factor whose secret nobody knows: people of a demo come in by its links."""
    user.authenticator_set.create(type="totp", data={"secret": factors.seal(user.pk, generate_totp_secret())})


class Officers:
    """Who does what where: found by name, or by role at an agency or in a district."""

    def __init__(self) -> None:
        self._named: dict[str, User] = {}
        self._seated: dict[tuple[str, str], User] = {}
        self._places: dict[str, str] = {}
        for seat in Membership.objects.select_related("user", "agency").order_by("pk"):
            user = self._named.setdefault(seat.user.username, seat.user)
            self._seated.setdefault((seat.role, seat.agency.key), user)
            self._seated.setdefault((seat.role, self.district(seat.agency.unit_code, seat.since)), user)

    def named(self, username: str) -> User:
        """An officer by username."""
        return self._named[username]

    def at(self, role: str, *where: str) -> User:
        """The first officer of a role at one of some agencies (keys) or districts (codes). Raises LookupError."""
        for place in where:
            if (role, place) in self._seated:
                return self._seated[role, place]
        raise LookupError(f"no {role} at {' or '.join(where)}")

    def may(self, permission: P, agency: str) -> User | None:
        """Somebody at an agency (key) whose role carries a permission, if there is one."""
        held = [role.key for role in ROLES.values() if permission in role.permissions]
        return next((self._seated[role, agency] for role in held if (role, agency) in self._seated), None)

    def district(self, code: str, on: dt.date) -> str:
        """The district in which a unit lies; a district is its own."""
        if len(code) != 5:
            return code
        if code not in self._places:
            self._places[code] = places.unit(code, on).parent_code
        return self._places[code]
