"""A form filled in as somebody might."""

from django import forms

from benan.ui.forms import DayField
from tests.cast import COMMUNE, TODAY
from tests.expected import TAKEN, first_who


def filled(form, **instead):
    """What somebody might send: what stands there, else the first choice, a tick, today, a number, a word."""
    likely = {name: typed(form, name, field) for name, field in form.fields.items()} | instead
    return {name: value for name, value in likely.items() if value not in (None, "")}


def form_of(page):
    """The form that a page shows; None where it has none."""
    return page.context and page.context.get("form")


def form_on(world, address):
    """The form on a page, for the first who opens it; None where nobody does, or the page has none."""
    name = first_who(TAKEN[address])
    page = name and world.get(name, address)
    return page and form_of(page)


def typed(form, name, field):
    """The value of one field."""
    initial = form.get_initial_for_field(field, name)
    if initial not in (None, "", []):
        return initial.strftime("%d/%m/%Y") if hasattr(initial, "strftime") else initial
    if isinstance(field, forms.ChoiceField):
        choices = [value for group in field.choices for value in keys(*group) if value]
        return choices[:1] if isinstance(field, forms.MultipleChoiceField) else next(iter(choices), "")
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, DayField):
        return f"{TODAY:%d/%m/%Y}"
    return COMMUNE if "code" in name else "12/CV" if field.required or "_no" in name else ""


def keys(value, label):
    """The values of a choice, or of a group of choices."""
    return [value for value, _label in label] if isinstance(label, list | tuple) else [value]
