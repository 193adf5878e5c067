"""Rows that cannot be read without saying for whom.

A root model (file, person …) has `objects = Guarded()`. Its querysets raise until they were narrowed by
`can()`/`visible_to()`, or widened on purpose by `unscoped(reason=…)`, which a test counts. It is a seat
belt, not a wall: forward keys and `refresh_from_db` go through Django's plain manager.
"""

from django.db import models


class Unscoped(RuntimeError):
    """A query over guarded rows that does not say for whom; always a mistake in the program."""


class GuardedQuerySet(models.QuerySet):
    """A queryset that yields rows only once a policy has narrowed it."""

    _allowed = False

    def allow(self, condition: models.Q | None = None):
        """The same rows narrowed by a policy's condition; only policies call this."""
        rows = self.filter(condition) if condition is not None else self.all()
        rows._allowed = True
        return rows

    def unscoped(self, *, reason: str):
        """All rows, for work that is nobody's look: loading, measuring, checking. The reason is for readers."""
        return self.allow()

    def _clone(self):
        clone = super()._clone()
        clone._allowed = self._allowed
        return clone

    def _check(self):
        if not self._allowed:
            raise Unscoped(f"{self.model.__name__}: dùng can(), visible_to() hoặc unscoped(reason=…)")

    def _fetch_all(self):
        if self._result_cache is None:
            self._check()
        super()._fetch_all()

    def iterator(self, *args, **kwargs):
        """Rows one by one, once allowed."""
        self._check()
        return super().iterator(*args, **kwargs)

    def count(self):
        """How many, once allowed."""
        self._check()
        return super().count()

    def exists(self):
        """Whether any, once allowed."""
        self._check()
        return super().exists()

    def aggregate(self, *args, **kwargs):
        """Totals, once allowed."""
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs):
        """Change rows, once allowed."""
        self._check()
        return super().update(**kwargs)

    def delete(self):
        """Remove rows, once allowed."""
        self._check()
        return super().delete()


Guarded = models.Manager.from_queryset(GuardedQuerySet, class_name="Guarded")
