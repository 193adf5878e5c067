"""What a page is for, said to an officer until they say that they have read it."""

from dataclasses import dataclass

from django.utils.functional import Promise

from benan.core.registry import Registry


@dataclass(frozen=True)
class Explanation:
    """One or two sentences about a page (its URL name)."""

    page: str
    text: str | Promise


EXPLANATIONS: Registry[Explanation] = Registry()
