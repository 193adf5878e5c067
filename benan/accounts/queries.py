"""Reading agencies by the day, duty numbers by the hour, and officers with their roles."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from benan.accounts import policy, states, throttle
from benan.accounts.events import AccountEvent
from benan.accounts.models import CONFIRMED_ROLES, EndRequest, EntryLink, Membership, User, second_factor_of
from benan.accounts.roles import ROLES, P, Role
from benan.agencies import queries as agencies
from benan.agencies.kinds import AgencyKind
from benan.agencies.models import Agency, OnCallContact
from benan.audit.models import Event
from benan.core.days import clock, legal_day, show
from benan.core.text import fold, name_key
from benan.places import queries as places

SHOWN = 8  # links of an account, the latest first
TOLD = dt.timedelta(days=30)  # how long who asked reads the answer


def agency_choices(role: str, on: dt.date) -> list[tuple[str, list[tuple[int, str]]]]:
    """The agencies at which a role exists on a day, for a select, by kind."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for row in agencies.at_work_on(on, kind__in=ROLES[role].kinds):
        groups.setdefault(row.kind, []).append((row.pk, row.name))
    return [(str(kind.label), groups[kind]) for kind in AgencyKind if kind in groups]


def contacts_page(on: dt.date, time: dt.time, near: Collection[str] = ()) -> list[dict[str, Any]]:
    """The telephones that answer on a day or begin to later: the nation's, the province's, then by district, those of
    `near` (codes) first."""
    rows = list(OnCallContact.objects.filter(Q(in_force__endswith=None) | Q(in_force__endswith__gt=on)))
    codes = {row.area_code for row in rows} - {""}
    units = {unit.code: unit for unit in places.on(on).filter(code__in=codes)}
    units |= {unit.code: unit for unit in places.on(on).filter(code__in={u.parent_code for u in units.values()})}
    days = places.last_read(codes, on)
    paths = places.paths(days.items())

    changed = _last_changes(rows)

    def order(row: OnCallContact) -> tuple[Any, ...]:
        unit = units.get(row.area_code)
        above = units.get(unit.parent_code) if unit else None
        steps = [each.sort_key for each in (above, unit) if each and each.code != places.HOME]
        desk = OnCallContact.Desk.values.index(row.desk)
        far = not {row.area_code, unit.parent_code if unit else ""} & set(near)
        return (row.area_code != "", row.area_code != places.HOME, far, steps, desk, row.from_hour, row.in_force.lower)

    return [
        {
            "number": row,
            "area": paths[row.area_code, days[row.area_code]] if row.area_code else "",
            "hours": row.hours,
            "answers": row.answers_at(time) and row.in_force.lower <= on,
            "begins": row.in_force.lower if row.in_force.lower > on else None,
            "ends": row.in_force.upper and row.in_force.upper - on.resolution,
            "changed": changed.get(f"number:{row.pk}"),
        }
        for row in sorted(rows, key=order)
    ]


def _last_changes(numbers: Iterable[OnCallContact]) -> dict[str, Any]:
    """Who changed duty numbers last and when, by what the trail calls the number; none for those of the program."""
    lines = Event.objects.filter(event=AccountEvent.NUMBER_CHANGED, subject__in=[f"number:{row.pk}" for row in numbers])
    last = {line.subject: line for line in lines.order_by("seq")}
    people = User.objects.in_bulk({line.by for line in last.values()}, field_name="username")
    return {subject: (people.get(line.by, line.by), line.at) for subject, line in last.items()}


def roster(asked: str = "") -> list[dict[str, Any]]:
    """Everybody with an account, under each agency where they are given a role, in Vietnamese order of given names.

    `asked` narrows to names and accounts that contain it, marks and case apart. Those without a role come last.
    """
    wanted = fold(asked)
    lines: dict[tuple[int, int], dict[str, Any]] = {}
    given = Membership.objects.current().select_related("user")
    called = {row.agency_id: row for row in agencies.latest_names([row.agency_id for row in given], legal_day())}
    for row in given:
        line = lines.setdefault((row.agency_id, row.user_id), {"user": row.user, "roles": []})
        line |= {"agency": called[row.agency_id].name, "key": called[row.agency_id].sort_key}
        line["roles"].append(row)
    placed = {user for _agency, user in lines}
    rows = [*lines.values()]
    rows += [{"user": user, "roles": [], "agency": ""} for user in User.objects.exclude(pk__in=placed)]
    if wanted:
        rows = [row for row in rows if wanted in fold(f"{row['user'].full_name} {row['user'].username}")]
    return sorted(rows, key=lambda row: (not row["agency"], row.get("key", ""), name_key(row["user"].full_name)))


def guessed() -> list[dict[str, Any]]:
    """Accounts at which so much was typed wrongly that they have to wait, the latest first."""
    rows = list(throttle.guessed_at())
    users = User.objects.in_bulk([row["user"] for row in rows])
    return [row | {"user": users[row["user"]]} for row in rows]


def waiting_for(user: User) -> list[dict[str, Any]]:
    """Roles that wait for this person to confirm: as a head over them, or as one who manages accounts.

    `alone` means no head is over the role: then it takes the number of a paper; `granter` means that this person
    gave it and `linker` that they made the officer a link that sets a password, so that another has to confirm;
    `entered` means that the officer has a second factor, without which nobody confirms.
    """
    heads, manages = policy.heads_by_agency(P.ROLE_CONFIRM), user.may(P.USER_MANAGE)
    waiting = Membership.objects.waiting().exclude(user=user)
    rows: QuerySet[Any] = waiting.select_related("user", "granted_by", "agency__superior__superior__superior").annotate(
        entered=second_factor_of("user"),
        linker=Exists(EntryLink.objects.filter(user=OuterRef("user"), made_by=user, kind__in=states.SETS_PASSWORD)),
    )
    found = []
    for row in rows.order_by("granted_at"):
        over = policy.heads_over(row, heads)
        if user.pk in over or (manages and not over):
            granter = row.granted_by_id == user.pk
            found.append({
                "membership": row, "alone": not over, "granter": granter, "linker": row.linker, "entered": row.entered,
            })  # fmt: skip
    called = agencies.names([each["membership"].agency_id for each in found], legal_day())
    return [each | {"agency": called[each["membership"].agency_id]} for each in found]


def post_of(user: User, agency: Agency, on: dt.date) -> str:
    """In which capacity somebody signs for an agency on a day (`Membership.Post`), "" where that is not known."""
    rows = user.memberships.filter(Q(until=None) | Q(until__gte=on), agency=agency, since__lte=on).exclude(post="")
    return rows.values_list("post", flat=True).first() or ""


def waits_for(membership: Membership) -> str:
    """Who has to confirm a role, in words: the heads over it, or else other administrators; who gave it never does."""
    heads = policy.heads_over(membership, policy.heads_by_agency(P.ROLE_CONFIRM))
    able = (heads or policy.administrators()) - {membership.granted_by_id}
    named = {
        "role": membership.rights.name,
        "who": ", ".join(map(str, states.people_who_may(states.CONFIRM, membership.user, able))),
    }
    if not named["who"]:
        words = _("%(role)s: chưa ai xác nhận được. Cần thủ trưởng của đơn vị, hoặc thêm một người quản trị.")
    elif heads:
        words = _("%(role)s: chờ thủ trưởng %(who)s xác nhận.")
    else:
        words = _("%(role)s: chờ người quản trị khác xác nhận (%(who)s), vì đơn vị chưa có thủ trưởng.")
    return words % named


def why_no_role(user: User) -> list[str]:
    """What somebody without a role that holds is told: for whom their roles wait, or who gives one."""
    given = user.memberships.not_over().select_related("user", "agency__superior__superior__superior")
    words = _("%(role)s: từ ngày %(on)s.")
    told = [
        waits_for(row) if row.waits_for_confirmation else words % {"role": row.rights.name, "on": show(row.since)}
        for row in given.order_by("since", "pk")
        if row.waits_for_confirmation or row.since > legal_day()
    ]
    if told:
        return told
    able = User.objects.filter(pk__in=policy.administrators()).order_by("username")[: states.FEW]
    return [_("Đề nghị người quản trị chương trình giao vai trò: %(who)s.") % {"who": ", ".join(map(str, able))}]


def entry_of(user: User) -> dict[str, Any]:
    """How an officer came in: the link used last, and the moment when the second factor was set up."""
    used = user.entry_links.exclude(used_at=None).exclude(kind=EntryLink.Kind.DEMO)
    factor = user.authenticator_set.filter(type="totp").first()
    return {
        "last_link": used.select_related("made_by").order_by("-used_at").first(),
        "factor_since": factor.created_at if factor else None,
    }


def losses(memberships: Collection[Membership], until: dt.date) -> list[str]:
    """What ending some roles after a day leaves behind, in words: cases without anybody, an agency without a head."""
    cases, headless = policy.emptied(memberships, until), policy.left_headless(memberships, until)
    called = agencies.names([agency.pk for agency in [*headless, *(agency for agency, _n in cases)]], legal_day())
    found = [
        _("%(agency)s: còn %(n)d hồ sơ đang mở mà không còn ai xử lý.") % {"agency": called[agency.pk], "n": n}
        for agency, n in cases
    ]
    words = _(
        "%(agency)s: không còn thủ trưởng trong chương trình; vai trò ở đó do hai người quản trị giao và xác nhận."
    )
    found += [words % {"agency": called[agency.pk]} for agency in headless]
    if policy.administrators_left(memberships, until) == 1:
        found.append(_("Chương trình chỉ còn một người quản trị, nên việc cần hai người quản trị chưa làm được."))
    return found


def end_requests(user: User) -> list[dict[str, Any]]:
    """What was asked to end and is not closed, of which this person is the one who asked, or may be the second."""
    open_ones = EndRequest.objects.filter(closed_at=None)
    rows = list(open_ones.select_related("user", "asked_by", "membership__agency__superior__superior__superior"))
    heads = policy.heads_by_agency(P.ROLE_CONFIRM) if rows else {}
    found: list[dict[str, Any]] = [{"request": row, "asker": row.asked_by_id == user.pk} for row in rows]
    found = [each | {"may": policy.may_agree(user, each["request"], heads)} for each in found]
    found = [each for each in found if each["asker"] or each["may"]]
    agencies_of = [each["request"].membership.agency_id for each in found if each["request"].membership]
    called = agencies.names(agencies_of, legal_day()) if agencies_of else {}
    return [
        each | {"agency": called[each["request"].membership.agency_id] if each["request"].membership else ""}
        for each in found
    ]


def answered(user: User) -> list[EndRequest]:
    """What this person asked to end and another agreed to or declined within the last weeks, the latest first."""
    rows = user.asked_ends.filter(outcome__in=(EndRequest.Outcome.AGREED, EndRequest.Outcome.DECLINED))
    return list(rows.filter(closed_at__gte=clock() - TOLD).select_related("user", "membership", "closed_by"))


def guarded_by(user: User) -> list[User]:
    """The people of whom this head may confirm that they lost their second factor, by given name."""
    people = policy.wards(user).filter(authenticator__type="totp").distinct()
    return sorted(people, key=lambda each: name_key(each.full_name))


def person_page(user: User) -> dict[str, Any]:
    """One account: its roles with their days, the ways in, whether it is shut."""
    asked = {row.membership_id: row for row in user.end_requests.filter(closed_at=None).select_related("asked_by")}
    given = list(user.memberships.select_related("agency", "granted_by", "confirmed_by").order_by("-since", "pk"))
    called, today = agencies.names([row.agency_id for row in given], legal_day()), legal_day()
    rows = [
        {
            "membership": row,
            "agency": called.get(row.agency_id, row.agency.key),
            "over": row.until is not None and row.until < today,
            "begins": row.since > today,
            "asked": asked.get(row.pk),
        }
        for row in given
    ]
    return {
        "person": user,
        "rows": sorted(rows, key=lambda row: row["over"]),
        "entered": user.has_usable_password() or user.has_second_factor(),  # people of a demo have no password
        "second_factor": user.has_second_factor(),
        "headless": not policy.guardians(user),
        "asked": asked.get(None),
        "two_to_stop": policy.takes_two_to_stop(user),
        "links": user.entry_links.exclude(kind=EntryLink.Kind.DEMO).select_related("made_by").order_by("-pk")[:SHOWN],
        "guessed": throttle.guessed_at().filter(user=user).first(),
        "link": user.entry_links.usable().first(),
    }


def roles_page() -> list[dict[str, Any]]:
    """Every role in words: where it exists, how far it reaches, who has to confirm it."""
    return [
        {
            "role": role,
            "kinds": _kinds(role),
            "confirmed": key in CONFIRMED_ROLES,
        }
        for key, role in ROLES.items()
    ]


def _kinds(role: Role) -> str:
    named = [str(name) for kind, name in AgencyKind.choices if kind in role.kinds]
    return ", ".join(named) if len(named) <= len(AgencyKind) // 2 else _("mọi loại đơn vị")
