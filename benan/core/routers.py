"""Which of the two connections a query takes (config/settings.py, DATABASES)."""


class CacheAside:
    """Counters of attempts are written on a connection of their own, outside the request's transaction."""

    def db_for_read(self, model, **hints):
        """The cache's table is read aside; everything else on the request's connection."""
        return "aside" if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read

    def allow_relation(self, obj1, obj2, **hints):
        """Both connections lead to one database."""
        return True

    def allow_migrate(self, db, app_label, **hints):
        """Migrations run once, on the request's connection."""
        return db == "default"
