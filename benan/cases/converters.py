"""The codes that stand in addresses; registered by config/urls.py before any address is read."""

from django.urls.converters import StringConverter


class FileCode(StringConverter):
    """A file's code, 17-04213."""

    regex = r"\d{2}-\d{5}"
