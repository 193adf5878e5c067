"""The manager of rows of other apps that belong to a case: whoever reaches the case reaches them."""

from typing import Self

from django.db import models

from benan.accounts.models import User
from benan.accounts.policy import reach
from benan.accounts.role_sets import RoleSet
from benan.accounts.roles import P
from benan.cases.models import Case
from benan.core.guarded import GuardedQuerySet


class OfCase(GuardedQuerySet):
    """Rows with a foreign key `case`."""

    def can(self, user: User | RoleSet, permission: P) -> Self:
        """Rows whose case the user reaches with a permission."""
        return self.allow(reach(user, permission, team="case__team", area="case__area_code"))

    def visible_to(self, user: User | RoleSet) -> Self:
        """Rows of cases of whose existence the user may know."""
        return self.can(user, P.CASE_VIEW)

    def of(self, case: Case) -> Self:
        """Rows of a case that the caller already reached."""
        return self.filter(case=case).allow()


CaseRows = models.Manager.from_queryset(OfCase)
