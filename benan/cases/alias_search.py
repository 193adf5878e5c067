"""Finding cases by the words of their alias."""

from django.db.models import Q

from benan.cases.aliases import PLACES, PLANTS
from benan.cases.models import CaseQuerySet
from benan.core.text import fold, plain, sort_key


def by_alias(rows: CaseQuerySet, words: str) -> tuple[CaseQuerySet, CaseQuerySet]:
    """Of some cases, those with exactly this alias, and those with a similar one: part of it, another number or place.

    Case and the place of a tone mark do not count, and marks only where they tell two plants apart (Sen, Sến).
    """
    name = plain(words).rstrip("0123456789")
    more = plain(words)[len(name) :]
    if len(more) > 9:  # no alias has such a number
        return rows.none(), rows.none()
    more, parts = more and str(int(more)), name.split()
    for place in PLACES:
        if fold(" ".join(parts[-2:])) == fold(place):
            name, more = " ".join(parts[:-2]), place
    wanted = fold(name)
    plants = [plant for plant in PLANTS if wanted and wanted in fold(plant)]
    alike = [plant for plant in plants if fold(plant) == wanted]
    typed = sort_key(name.lower())
    exact = [plant for plant in alike if sort_key(plant.lower()) == typed or (name.isascii() and len(alike) == 1)]
    aliases = [f"{plant} {more}".strip() for plant in exact]
    near = Q(alias__in=plants)
    for plant in plants:
        near |= Q(alias__startswith=f"{plant} ")
    return rows.filter(alias__in=aliases), rows.filter(near).exclude(alias__in=aliases)
