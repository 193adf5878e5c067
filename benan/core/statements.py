"""Statements that many requests send, put together once by each process: Django takes longer over one than PostgreSQL.

A statement may hold stand-ins, values that stand for others until it is sent (`given`). They are what differs from one
officer to the next, so what is kept depends on no person: neither who asks, nor anybody asked about.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from copy import copy
from functools import wraps
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet

from benan.core.days import legal_day
from benan.core.reference import remembered

SOMEBODY = -990_000  # stands for the id of a row; further ones are below it
SOME_CODE = "00-00000"  # stands for the code of a case
SOME_TIME = dt.time(23, 59, 59, 990_000)  # stands for the hour of looking


def statement(build: Callable[..., QuerySet[Any, Any]]) -> Callable[..., list[Any]]:
    """Have a function that builds a queryset give its rows; it is called once a legal day for each of its arguments.

    The arguments are hashable and no rows; everything else on which the rows depend is `given`, by stand-in. The
    function may read versioned tables (`reference`), and no others.
    """

    @remembered
    def compiled(_today: dt.date, *args: Any) -> tuple[QuerySet[Any, Any], Any, str, tuple[Any, ...]] | None:
        if any(isinstance(each, Model) for each in args):
            raise TypeError("a statement is not kept for a row")
        rows = build(*args)
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            return rows, compiler, *compiler.as_sql()
        except EmptyResultSet:
            return None

    @wraps(build)
    def ask(*args: Any, given: Mapping[Any, Any]) -> list[Any]:
        kept = compiled(legal_day(), *args)
        if kept is None:
            return []
        rows, compiler, sql, params = kept
        filled = tuple(given.get(each, each) if isinstance(each, int | str | dt.time) else each for each in params)
        own = copy(compiler)
        own.connection = connections[DEFAULT_DB_ALIAS]
        own.as_sql = lambda *_args, **_options: (sql, filled)
        rows = rows._chain()  # type: ignore[attr-defined]  # private to Django
        rows.query.get_compiler = lambda *_args, **_options: own
        return list(rows)

    return ask
