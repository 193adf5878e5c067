"""The codes that stand in addresses; registered by config/urls.py before any address is read."""


class FileCode:
    """A file's code, 17-04213."""

    regex = r"\d{2}-\d{5}"

    def to_python(self, value):
        """As stored."""
        return value

    def to_url(self, value):
        """As stored."""
        return value
