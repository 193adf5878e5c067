"""Whether pages ask the database as often for six rows as for one: what grows is the page, never the number of questions."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def questions(ask):
    """The SQL of one request, the second of its kind: what a process keeps from the first does not count."""
    ask()
    with CaptureQueriesContext(connection) as run:
        page = ask()
    assert page.status_code == 200
    return [query["sql"] for query in run]


def grows(ask, enlarge):
    """Questions of the small page that the large one asks more often."""
    enlarge()
    small = questions(ask)
    for _ in range(5):
        enlarge()
    large = questions(ask)
    return [sql[:160] for sql in large[len(small) :]] if len(large) != len(small) else []
