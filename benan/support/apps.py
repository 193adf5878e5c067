"""What this app adds to the program when it starts."""

from importlib import import_module

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Needs, support, protection and the way home."""

    name = "benan.support"

    def ready(self):
        """Register what this app contributes (`contributions.py`), once all models are known."""
        import_module("benan.support.contributions")
