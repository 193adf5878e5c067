"""The town, for tests of what is counted."""

from tests.indicators.town import cast, on_day, played, town  # noqa: F401
