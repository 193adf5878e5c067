"""Apps that contribute to registries."""

from importlib import import_module

from django.apps import AppConfig


class ContributingApp(AppConfig):
    """Runs the app's `contributions.py` once all models are known."""

    def ready(self) -> None:
        import_module(f"{self.name}.contributions")
