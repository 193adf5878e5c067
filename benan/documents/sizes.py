"""Sizes of files as people read them."""

from django.utils.formats import number_format


def in_words(size: int) -> str:
    """A number of bytes as 240 KB or 1,5 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{number_format(round(size / 1_000_000, 1)).removesuffix(',0')} MB"
