"""Reading agencies by the day, duty numbers by the hour, and officers with their roles."""

import datetime as dt
from collections import defaultdict

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from benan.accounts import policy, states, throttle
from benan.accounts.kinds import KINDS
from benan.accounts.models import (
    CONFIRMED_ROLES,
    Agency,
    AgencyName,
    DutyNumber,
    EndRequest,
    EntryLink,
    Membership,
    User,
    second_factor_of,
)
from benan.accounts.roles import ROLES, Kind, P
from benan.audit.events import Event as Done
from benan.audit.models import Event
from benan.core.days import clock, legal_day, show
from benan.core.text import fold, name_key
from benan.places import queries as places

# Which duty numbers of its own area an office answers.
_ANSWERED = dict.fromkeys(
    (Kind.POLICE_COMMUNE, Kind.POLICE_DISTRICT, Kind.POLICE_PROVINCE), (DutyNumber.Desk.POLICE,)
) | {
    Kind.LABOUR_OFFICE: (DutyNumber.Desk.LABOUR,), Kind.SHELTER: (DutyNumber.Desk.SHELTER,),
    Kind.COMMUNE: (DutyNumber.Desk.LABOUR, DutyNumber.Desk.CHILD),
}  # fmt: skip
SHOWN = 8  # links of an account, the latest first
TOLD = dt.timedelta(days=30)  # how long who asked reads the answer


def names(agencies, on) -> dict[int, str]:
    """What each agency (ids) is called on a day; the latest known name where it had ended."""
    return {row.agency_id: row.name for row in _names(agencies, on)}


def called(pairs) -> dict[tuple[int, dt.date], str]:
    """What agencies were called, each (id, day), in one query; none is asked about without an id and a day.

    The latest known name where an agency had ended by its day, the first where it had not begun.
    """
    pairs, forms = {pair for pair in pairs if all(pair)}, defaultdict(list)
    for row in AgencyName.objects.filter(agency__in={agency for agency, _day in pairs}).order_by("in_force"):
        forms[row.agency_id].append(row)
    return {
        (agency, day): next(
            (row for row in reversed(forms[agency]) if row.in_force.lower <= day), forms[agency][0]
        ).name
        for agency, day in pairs
    }


def _names(agencies, on):
    return AgencyName.objects.filter(agency__in=set(agencies), in_force__startswith__lte=on).order_by("in_force")


def agencies(on, **filters):
    """Agencies at work on a day, with `.name` as of that day, in Vietnamese order."""
    rows = Agency.objects.filter(in_force__contains=on, names__in_force__contains=on, **filters)
    return rows.annotate(name=F("names__name"), _key=F("names__sort_key")).order_by("_key")


def agency_choices(role, on) -> list[tuple]:
    """The agencies at which a role exists on a day, for a select, by kind."""
    groups = {}
    for row in agencies(on, kind__in=ROLES[role].kinds):
        groups.setdefault(KINDS[Kind(row.kind)], []).append((row.pk, row.name))
    return sorted(groups.items(), key=lambda group: list(KINDS.values()).index(group[0]))


def of_unit(kind, unit_code, on) -> Agency | None:
    """The agency of a kind that serves a unit on a day."""
    return Agency.objects.filter(kind=kind, unit_code=unit_code, in_force__contains=on).first()


def labour_office_of(commune_code, on, noted_on=None) -> Agency | None:
    """The district labour office to which a commune reports on a day.

    `noted_on` is the day on which the code meant the commune: where it has ended since, the office of its successors.
    None where there is no such office, or several.
    """
    districts = {unit.parent_code for unit in places.lying(commune_code, noted_on or on, on)}
    found = Agency.objects.filter(kind=Kind.LABOUR_OFFICE, unit_code__in=districts, in_force__contains=on)[:2]
    return found[0] if len(found) == 1 else None


def duty_numbers(commune_code, on, time, noted_on=None) -> list[DutyNumber]:
    """Who answers the telephone for a commune at an hour, the nearest desk of each sort first, national ones too.

    `noted_on` as in `labour_office_of`. For a place that has no successor the province answers.
    """
    codes = _upwards(places.lying(commune_code, noted_on or on, on), on)
    rows = DutyNumber.objects.filter(area_code__in=codes, in_force__contains=on)
    desks = DutyNumber.Desk.values
    answering = [row for row in rows if _answers(row, time)]
    return sorted(answering, key=lambda row: (desks.index(row.desk), codes.index(row.area_code)))


def numbers_without(offices, numbers) -> list[DutyNumber]:
    """Telephones without those of their own area that some offices answer: a person in danger from there is not led to them."""
    answered = {(desk, office.unit_code) for office in offices for desk in _ANSWERED.get(office.kind, ())}
    return [row for row in numbers if not row.area_code or (row.desk, row.area_code) not in answered]


def _upwards(units, on) -> list[str]:
    """The codes of units and of those above them on a day, the lowest first, then the country's: none."""
    codes = []
    while units:
        codes += [unit.code for unit in units]
        units = list(places.on(on).filter(code__in={unit.parent_code for unit in units}))
    return [*(codes or [places.HOME]), ""]


def numbers_near(agency, on, time) -> list[DutyNumber]:
    """Who answers the telephone for the area of an agency, which may have ended."""
    ended = agency.in_force.upper
    noted_on = min(on, ended - on.resolution) if ended else on
    return duty_numbers(agency.unit_code or places.HOME, on, time, noted_on)


def desk_of(agency_id, on, time) -> list[DutyNumber]:
    """The telephone at which an agency, or its district's labour desk, answers at an hour; none of the nation's."""
    numbers = [row for row in numbers_near(Agency.objects.get(pk=agency_id), on, time) if row.area_code]
    return [row for row in numbers if row.desk == DutyNumber.Desk.LABOUR][:1] or numbers[:1]


def numbers_page(on, time) -> list[dict]:
    """The telephones that answer on a day or begin to later: the nation's, the province's, then by district."""
    rows = list(DutyNumber.objects.filter(Q(in_force__endswith=None) | Q(in_force__endswith__gt=on)))
    codes = {row.area_code for row in rows} - {""}
    units = {unit.code: unit for unit in places.on(on).filter(code__in=codes)}
    units |= {unit.code: unit for unit in places.on(on).filter(code__in={u.parent_code for u in units.values()})}
    days = places.last_read(codes, on)
    paths = places.paths(days.items())

    changed = _last_changes(rows)

    def order(row):
        unit = units.get(row.area_code)
        above = units.get(unit.parent_code) if unit else None
        steps = [each.sort_key for each in (above, unit) if each and each.code != places.HOME]
        desk = DutyNumber.Desk.values.index(row.desk)
        return (row.area_code != "", row.area_code != places.HOME, steps, desk, row.from_hour, row.in_force.lower)

    return [
        {
            "number": row,
            "area": paths[row.area_code, days[row.area_code]] if row.area_code else "",
            "hours": _hours(row),
            "answers": _answers(row, time) and row.in_force.lower <= on,
            "begins": row.in_force.lower if row.in_force.lower > on else None,
            "ends": row.in_force.upper and row.in_force.upper - on.resolution,
            "changed": changed.get(f"number:{row.pk}"),
        }
        for row in sorted(rows, key=order)
    ]


def _last_changes(numbers) -> dict:
    """Who changed duty numbers last and when, by what the trail calls the number; none for those of the program."""
    lines = Event.objects.filter(event=Done.NUMBER_CHANGED, subject__in=[f"number:{row.pk}" for row in numbers])
    last = {line.subject: line for line in lines.order_by("seq")}
    people = User.objects.in_bulk({line.by for line in last.values()}, field_name="username")
    return {subject: (people.get(line.by, line.by), line.at) for subject, line in last.items()}


def _answers(number, time):
    if number.from_hour < number.to_hour:
        return number.from_hour <= time < number.to_hour
    return time >= number.from_hour or time < number.to_hour


def _hours(number):
    if number.from_hour == number.to_hour:
        return _("cả ngày đêm")
    return _("%(from)s đến %(to)s") % {"from": f"{number.from_hour:%H:%M}", "to": f"{number.to_hour:%H:%M}"}


def officers(agency, on):
    """The people with a role at an agency on a day."""
    return User.objects.filter(memberships__in=Membership.objects.current(on).filter(agency=agency)).distinct()


def roster(asked="") -> list[dict]:
    """Everybody with an account, under each agency where they are given a role, in Vietnamese order of given names.

    `asked` narrows to names and accounts that contain it, marks and case apart. Those without a role come last.
    """
    wanted, lines = fold(asked), {}
    given = Membership.objects.current().select_related("user")
    called = {row.agency_id: row for row in _names([row.agency_id for row in given], legal_day())}
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


def guessed() -> list[dict]:
    """Accounts at which so much was typed wrongly that they have to wait, the latest first."""
    rows = list(throttle.guessed_at())
    users = User.objects.in_bulk([row["user"] for row in rows])
    return [row | {"user": users[row["user"]]} for row in rows]


def waiting_for(user) -> list[dict]:
    """Roles that wait for this person to confirm: as a head over them, or as one who manages accounts.

    `alone` means no head is over the role: then it takes the number of a paper; `granter` means that this person
    gave it and `linker` that they made the officer a link that sets a password, so that another has to confirm;
    `entered` means that the officer has a second factor, without which nobody confirms.
    """
    heads, manages = policy.heads_by_agency(P.ROLE_CONFIRM), user.may(P.USER_MANAGE)
    rows = Membership.objects.waiting().exclude(user=user)
    rows = rows.select_related("user", "granted_by", "agency__superior__superior__superior").annotate(
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
                "mine": row.entered and not granter and not row.linker,
            })  # fmt: skip
    called = names([each["membership"].agency_id for each in found], legal_day())
    return [each | {"agency": called[each["membership"].agency_id]} for each in found]


def waits_for(membership) -> str:
    """Who has to confirm a role, in words: the heads over it, or else other administrators; who gave it never does."""
    heads = policy.heads_over(membership, policy.heads_by_agency(P.ROLE_CONFIRM))
    able = (heads or policy.administrators()) - {membership.granted_by_id}
    named = {
        "role": membership.rights.name,
        "who": ", ".join(map(str, states.free(states.CONFIRM, membership.user, able))),
    }
    if not named["who"]:
        words = _("%(role)s: chưa ai xác nhận được. Cần thủ trưởng của đơn vị, hoặc thêm một người quản trị.")
    elif heads:
        words = _("%(role)s: chờ thủ trưởng %(who)s xác nhận.")
    else:
        words = _("%(role)s: chờ người quản trị khác xác nhận (%(who)s), vì đơn vị chưa có thủ trưởng.")
    return words % named


def why_no_role(user) -> list[str]:
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


def entry_of(user) -> dict:
    """How an officer came in: the link used last, and the moment when the second factor was set up."""
    used = user.entry_links.exclude(used_at=None).exclude(kind=EntryLink.Kind.DEMO)
    factor = user.authenticator_set.filter(type="totp").first()
    return {
        "last_link": used.select_related("made_by").order_by("-used_at").first(),
        "factor_since": factor.created_at if factor else None,
    }


def losses(memberships, until) -> list[str]:
    """What ending some roles after a day leaves behind, in words: files without anybody, an agency without a head."""
    files, headless = policy.emptied(memberships, until), policy.left_headless(memberships, until)
    called = names([agency.pk for agency in [*headless, *(agency for agency, _n in files)]], legal_day())
    found = [
        _("%(agency)s: còn %(n)d hồ sơ đang mở mà không còn ai xử lý.") % {"agency": called[agency.pk], "n": n}
        for agency, n in files
    ]
    words = _(
        "%(agency)s: không còn thủ trưởng trong chương trình; vai trò ở đó do hai người quản trị giao và xác nhận."
    )
    found += [words % {"agency": called[agency.pk]} for agency in headless]
    if policy.administrators_left(memberships, until) == 1:
        found.append(_("Chương trình chỉ còn một người quản trị, nên việc cần hai người quản trị chưa làm được."))
    return found


def end_requests(user) -> list[dict]:
    """What was asked to end and is not closed, of which this person is the one who asked, or may be the second."""
    rows = EndRequest.objects.filter(closed_at=None)
    rows = list(rows.select_related("user", "asked_by", "membership__agency__superior__superior__superior"))
    heads = policy.heads_by_agency(P.ROLE_CONFIRM) if rows else {}
    found = [{"request": row, "asker": row.asked_by_id == user.pk} for row in rows]
    found = [each | {"may": policy.may_agree(user, each["request"], heads)} for each in found]
    found = [each for each in found if each["asker"] or each["may"]]
    agencies_of = [each["request"].membership.agency_id for each in found if each["request"].membership]
    called = names(agencies_of, legal_day()) if agencies_of else {}
    return [
        each | {"agency": called[each["request"].membership.agency_id] if each["request"].membership else ""}
        for each in found
    ]


def answered(user) -> list[EndRequest]:
    """What this person asked to end and another agreed to or declined within the last weeks, the latest first."""
    rows = user.asked_ends.filter(outcome__in=(EndRequest.Outcome.AGREED, EndRequest.Outcome.DECLINED))
    return list(rows.filter(closed_at__gte=clock() - TOLD).select_related("user", "membership", "closed_by"))


def guarded_by(user) -> list[User]:
    """The people of whom this head may confirm that they lost their second factor, by given name."""
    people = policy.wards(user).filter(authenticator__type="totp").distinct()
    return sorted(people, key=lambda each: name_key(each.full_name))


def person_page(user) -> dict:
    """One account: its roles with their days, the ways in, whether it is shut."""
    asked = {row.membership_id: row for row in user.end_requests.filter(closed_at=None).select_related("asked_by")}
    given = list(user.memberships.select_related("agency", "granted_by", "confirmed_by").order_by("-since", "pk"))
    called, today = names([row.agency_id for row in given], legal_day()), legal_day()
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


def roles_page() -> list[dict]:
    """Every role in words: where it exists, how far it reaches, who has to confirm it."""
    return [
        {
            "role": role,
            "kinds": _kinds(role),
            "confirmed": key in CONFIRMED_ROLES,
        }
        for key, role in ROLES.items()
    ]


def _kinds(role):
    named = [str(name) for kind, name in KINDS.items() if kind in role.kinds]
    return ", ".join(named) if len(named) <= len(KINDS) // 2 else _("mọi loại đơn vị")
