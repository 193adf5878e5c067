"""The places of the program to which its navigation leads."""

from dataclasses import dataclass

from django.utils.functional import Promise

from benan.core.registry import Registry


@dataclass(frozen=True)
class Place:
    """A place of the navigation: its URL name, word and drawing; ordered by `place`, in one of the groups 0 to 3.

    `permissions`: any of them will do; none: everybody. `on_phone`: its order among the four that the bar of a phone has
    room for; 0: only under "Thêm".
    """

    page: str
    label: str | Promise
    icon: str
    place: int
    group: int
    permissions: tuple[str, ...] = ()
    on_phone: int = 0


PLACES: Registry[Place] = Registry()
# Beginnings of the URL names of pages that belong to a place, each with the place's own URL name; the longest one counts.
PAGES_OF_PLACES: Registry[tuple[str, str]] = Registry()


def place_of(page: str) -> str:
    """The URL name of the place to which a page (URL name) belongs; "" where it belongs to none."""
    found = [(len(each.page), each.page) for each in PLACES if page == each.page]
    found += [(len(start), place) for start, place in PAGES_OF_PLACES if page.startswith(start)]
    return max(found, default=(0, ""))[1]
