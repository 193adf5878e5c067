"""What each app expects of its pages and tables, written beside its tests in tests/<app>/expected.py and gathered here.

An app adds its own and no other file of the tests changes. Whatever it has nothing to say of is left out:

PAGES               who gets which page: a line for each address, a column for each person (see `table`)
SENT                the same for a form that is sent there, where it is answered otherwise than PAGES says
TYPED               {address: {box: what is typed}} where the first choice, today or a word would not do
MAY_REPEAT          {names of URLs} whose form only reads, so that sending it again is no mistake
TELLS_NO_CHANGE     {why: (addresses)} forms of a case that need not tell what others wrote to the case meanwhile
ASKED_WITHOUT_A_ROW {file below the app: {functions}} which ask what any role of somebody allows, beside no row
CLEAR               {why: (columns)} of text that stay in clear, as app.Model.column
ABOUT_NO_PERSON     True for an app whose tables are filled from data files and hold nothing about people
KEYS                {columns} of bytes that are no sealed words about somebody, as app.Model.column
OPEN                {why: (tables)} that every connection may read
TO_SIGN_IN          {tables} that are read before anybody is signed in
life(world)         records what the app's pages show on `world.case`; gives what stands in places of addresses
life_elsewhere(world)   the same on `world.other`, a case that those who have the first do not reach
cases_at_stages(cast)   {stage: case} whose pages everybody goes through, opening and sending what they are offered
"""

import re
from importlib import import_module
from pathlib import Path

from django.apps import apps

# The columns of PAGES. The case of the world is Lan's, Hạnh's, Dũng's, Hùng's, Hoa's and Phương's; Thu sees all, by area;
# anon has not signed in.
PEOPLE = [
    "lan", "hanh", "truong_phong", "dung", "hung", "hoa", "phuong", "thu", "bao", "son", "quang", "vy", "anon",
]  # fmt: skip
KNOWN = {
    "PAGES", "SENT", "TYPED", "MAY_REPEAT", "TELLS_NO_CHANGE", "ASKED_WITHOUT_A_ROW", "CLEAR", "ABOUT_NO_PERSON", "KEYS", "OPEN", "TO_SIGN_IN",
}  # fmt: skip


def modules():
    """{app: its module of expectations}, the lower apps first; a folder that is no app, or a name unknown here, is an error."""
    folder = Path(__file__).parent
    found = {path.parent.name for path in folder.glob("*/expected.py")}
    labels = [config.label for config in apps.get_app_configs() if config.name.startswith("benan.")]
    assert found <= set(labels), f"no such app: {found - set(labels)}"
    gathered = {label: import_module(f"tests.{label}.expected") for label in labels if label in found}
    for label, module in gathered.items():
        unknown = set(re.findall(r"^([A-Z_]+) =", Path(module.__file__).read_text(), re.MULTILINE)) - KNOWN
        assert not unknown, f"tests/{label}/expected.py: nothing asks for {unknown}"
    return gathered


def table(text):
    """{address: {person: answer}} of a table whose first line names the people.

    200 opens; file is downloaded; 403 may see, may not do; 404 as if it did not exist; 405 only as a form that is sent; in: to the page for
    signing in; on: leads on to another page.
    """
    people, *lines = (line.split() for line in text.strip("\n").split("\n"))
    assert sorted(people) == sorted(PEOPLE), f"a column for each of {PEOPLE}"
    rows = {address: dict(zip(people, answers, strict=True)) for address, *answers in lines}
    assert len(rows) == len(lines), "an address stands twice in a table"
    return {address: {name: row[name] for name in PEOPLE} for address, row in rows.items()}


def gathered(name, empty=dict):
    """The dictionaries or sets of that name of all apps as one; tuples of one key come together."""
    whole = empty()
    for module in APPS.values():
        own = getattr(module, name, empty())
        if isinstance(own, dict):
            whole |= {key: (*whole.get(key, ()), *values) for key, values in own.items()}
        else:
            whole |= own
    return whole


def tables(name):
    """The tables of that name of all apps as one."""
    whole = {}
    for app, module in APPS.items():
        rows = table(getattr(module, name)) if hasattr(module, name) else {}
        assert not whole.keys() & rows.keys(), f"tests/{app}/expected.py: an address stands in another app's table"
        whole |= rows
    return whole


APPS = modules()
EXPECTED = tables("PAGES")
# What is answered to a form that is sent.
TAKEN = EXPECTED | tables("SENT")
TYPED = {address: typed for app in APPS.values() for address, typed in getattr(app, "TYPED", {}).items()}
OF_A_CASE = [address for address in EXPECTED if "{code}" in address]
SHOWN = [address for address, answers in EXPECTED.items() if "200" in answers.values()]


def first_who(answers, told="200"):
    """The first person in a line of a table who gets that answer; None where nobody does."""
    return next((name for name, answer in answers.items() if answer == told), None)
