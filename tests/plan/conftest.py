"""The town, for tests of pages with figures."""

from tests.indicators.town import cast, on_day, played, town  # noqa: F401
