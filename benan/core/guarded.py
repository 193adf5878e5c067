"""Rows that cannot be read without saying for whom.

A root model (case, person …) has `objects = Guarded()`. Its querysets raise until they were narrowed by
`can()`/`visible_to()`, or widened on purpose by `unscoped(reason=…)`, which a test counts. It is a seat
belt, not a wall: forward keys and `refresh_from_db` go through Django's plain manager.
"""

from collections.abc import Iterator
from typing import Any, Self

from django.db import models


class Unscoped(RuntimeError):
    """A query over guarded rows that does not say for whom; always a mistake in the program."""


class GuardedQuerySet(models.QuerySet):
    """A queryset that yields rows only once a policy has narrowed it."""

    _allowed = False

    def allow(self, condition: models.Q | None = None) -> Self:
        """The same rows narrowed by a policy's condition; only policies call this."""
        rows = self.filter(condition) if condition is not None else self.all()
        rows._allowed = True
        return rows

    def unscoped(self, *, reason: str) -> Self:
        """All rows, for work that is nobody's look: loading, measuring, checking. The reason is for readers."""
        return self.allow()

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]  # private to Django, and its only hook
        clone._allowed = self._allowed
        return clone

    def _check(self) -> None:
        if not self._allowed:
            raise Unscoped(f"{self.model.__name__}: dùng can(), visible_to() hoặc unscoped(reason=…)")

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._check()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        """Rows one by one, once allowed."""
        self._check()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        """How many, once allowed."""
        self._check()
        return super().count()

    def exists(self) -> bool:
        """Whether any, once allowed."""
        self._check()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Totals, once allowed."""
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Change rows, once allowed."""
        self._check()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove rows, once allowed."""
        self._check()
        return super().delete()


Guarded = models.Manager.from_queryset(GuardedQuerySet, class_name="Guarded")
