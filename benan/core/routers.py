"""Which of the two connections a query takes (config/settings.py, DATABASES)."""

from typing import Any

from django.db.models import Model

ASIDE = {
    "core.remembered",
    "core.keychange",
}  # tables written on a connection of their own, outside the request's transaction


class Aside:
    """What is remembered is written although the request only reads, or is refused and rolled back."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """The tables in ASIDE are read aside; everything else on the request's connection."""
        return "aside" if model._meta.label_lower in ASIDE else None

    db_for_write = db_for_read

    def allow_relation(self, obj1: Model, obj2: Model, **hints: Any) -> bool:
        """Both connections lead to one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Migrations run once, on the request's connection."""
        return db == "default"
