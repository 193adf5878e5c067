"""The converter of a case's code in an address; config/urls.py registers it before any address is read."""

from django.urls.converters import StringConverter


class CaseCode(StringConverter):
    """A case's code without its prefix, such as 17-04213."""

    regex = r"\d{2}-\d{5}"
