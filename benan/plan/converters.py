"""The numbers of clauses that stand in addresses; registered by config/urls.py before any address is read."""

from django.urls.converters import StringConverter


class ClauseNumber(StringConverter):
    """A clause's number, II.2.đ; whether the plan has it is for the page to say."""

    regex = r"[IVX]+(?:\.\w{1,2}){0,3}"
