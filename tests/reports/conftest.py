"""The town, for tests of the report of a period."""

from tests.indicators.town import cast, on_day, played, town  # noqa: F401
