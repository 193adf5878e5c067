"""Which pages serve which clauses of a plan; each app contributes its own pages when the program starts."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from benan.core.registry import Registry


@dataclass(frozen=True)
class ClausePage:
    """A page and the clauses of one plan that it serves, by what the page does now.

    `view` is a URL name, `order` its place among the pages that serve one clause, `permission` the key of the
    permission without which the page stays closed ("": open to everybody).
    """

    view: str
    name: str | Promise
    order: int
    plan: str = ""
    clauses: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    permission: str = ""

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.view, args=self.args)


clause_pages: Registry[ClausePage] = Registry()
