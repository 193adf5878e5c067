"""What an officer's seats allow, without whose they are: the argument for which statements are kept (`core.statements`)."""

from typing import TYPE_CHECKING, Any, NamedTuple

from benan.accounts import roles
from benan.core.statements import SOMEBODY

if TYPE_CHECKING:
    from benan.accounts.models import Membership


class Office(NamedTuple):
    """What reach depends on of the agency of a seat; its unit is left out where the role does not work by area."""

    kind: str
    unit_code: str


class Seat(NamedTuple):
    """A seat at some agency: their ids are stand-ins."""

    pk: int
    agency_id: int
    role: str
    agency: Office

    @property
    def rights(self) -> roles.Role:
        """What the role allows."""
        return roles.ROLES[self.role]


class Seated:
    """Answers from `seats`."""

    seats: "tuple[Membership, ...] | tuple[Seat, ...]"

    def may(self, permission: str) -> bool:
        """Whether any seat carries the permission, wherever it reaches; for menus and for what has no row."""
        return any(permission in seat.rights.permissions for seat in self.seats)

    def offices(self, permission: str) -> set[int]:
        """The agencies (ids) at which one holds a permission, whatever row it is for."""
        return {seat.agency_id for seat in self.seats if permission in seat.rights.permissions}


class RoleSet(Seated):
    """The seats of an officer in their order; two with the same roles at agencies of the same kind have the same.

    Seats at one agency have one stand-in for it.
    """

    seats: tuple[Seat, ...]

    def __init__(self, seats: "tuple[Membership, ...]") -> None:
        agencies: dict[int, int] = {}
        for n, seat in enumerate(seats, 1):
            agencies.setdefault(seat.agency_id, SOMEBODY - 2 * n + 1)
        self.seats = tuple(
            Seat(
                SOMEBODY - 2 * n,
                agencies[seat.agency_id],
                seat.role,
                Office(seat.agency.kind, seat.agency.unit_code if seat.rights.by_area else "-"),
            )
            for n, seat in enumerate(seats, 1)
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RoleSet) and self.seats == other.seats

    def __hash__(self) -> int:
        return hash(self.seats)


def stood_for(role_set: RoleSet, seats: "tuple[Membership, ...]") -> dict[Any, Any]:
    """The ids of an officer's seats and agencies, by their stand-ins in the officer's role set."""
    found: dict[Any, Any] = {}
    for kept, seat in zip(role_set.seats, seats, strict=True):
        found |= {kept.pk: seat.pk, kept.agency_id: seat.agency_id}
    return found
