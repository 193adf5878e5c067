"""Which pages serve clauses of a plan; each app contributes its own pages, and a plan's file names them by their keys."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from benan.core.registry import Registry


@dataclass(frozen=True)
class ClausePage:
    """A page that plans name by its key.

    `view` is a URL name, `order` its place among the pages that serve one clause, `permission` the key of the
    permission without which the page stays closed ("": open to everybody). `of_plan`: its address carries the plan.
    """

    key: str
    view: str
    name: str | Promise
    order: int
    args: tuple[str, ...] = ()
    permission: str = ""
    of_plan: bool = False

    def url(self, plan: str) -> str:
        """Its address, for the plan of a slug."""
        return reverse(self.view, args=[plan, *self.args] if self.of_plan else self.args)


clause_pages: Registry[ClausePage] = Registry()
