"""The code of a file as people type it: one reading for every box that takes one."""

import re

from benan.core.text import unmarked

_TYPED = re.compile(r"(?:dn)?[\s._/-]*(\d\d)[\s._/-]*(\d{5})")


def read(typed: str) -> str:
    """The code meant by "ĐN-17-04213", "DN 17 04213" or "1704213", as files carry it: 17-04213. Nothing for no code."""
    found = _TYPED.fullmatch(unmarked(typed))
    return f"{found[1]}-{found[2]}" if found else ""
