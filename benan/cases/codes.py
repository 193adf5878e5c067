"""The code of a case as people type it: one reading for every box that takes one."""

import re

from django.conf import settings

from benan.core.text import unmarked

_TYPED = re.compile(rf"(?:{unmarked(settings.CASE_CODE_PREFIX)})?[\s._/-]*(\d\d)[\s._/-]*(\d{{5}})")


def read(typed: str) -> str:
    """The code meant by "ĐN-17-04213", "DN 17 04213" or "1704213", as cases carry it: 17-04213. Nothing for no code."""
    found = _TYPED.fullmatch(unmarked(typed))
    return f"{found[1]}-{found[2]}" if found else ""


def shown(code: str) -> str:
    """The code as it is written on pages and papers: 17-04213 is ĐN-17-04213 in Đồng Nai."""
    return f"{settings.CASE_CODE_PREFIX}-{code}"
