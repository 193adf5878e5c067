"""What stands in addresses of plans; registered by config/urls.py before any address is read."""

from django.urls.converters import StringConverter

from benan.plan import numbering


class ClauseNumber(StringConverter):
    """A clause's number, II.2.đ; whether the plan has it is for the page to say."""

    regex = r"[IVX]+(?:\.\w{1,2}){0,3}"


class PlanSlug(StringConverter):
    """A plan, 12089-KH-UBND-2016; whether there is one is for the page to say."""

    regex = numbering.SLUG


class PlanYear(StringConverter):
    """A year of a plan, 2017; None for the whole period."""

    regex = r"20[0-9]{2}|ca-giai-doan"

    def to_python(self, value: str) -> int | None:  # type: ignore[override]  # a year is no text
        """The year."""
        return None if value == "ca-giai-doan" else int(value)

    def to_url(self, value: int | None) -> str:  # type: ignore[override]
        """As addresses write it."""
        return str(value) if value else "ca-giai-doan"
