"""Tags and filters that draw or write; they decide nothing.

They are built in everywhere (config/settings.py), so no template loads them.
"""

import datetime as dt
import re
import secrets
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template import loader
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from benan.core import days
from benan.ui import drawing
from benan.ui.pages import ONCE

register = template.Library()

_PAIRS = re.compile(
    r"(?<!\w)(?:"
    r"(\d+|Điều|điều|Khoản|khoản|Điểm|điểm|Mục|mục|Phụ lục|Luật|NĐ|QĐ|TT|TTLT|KH|Nghị định|Thông tư|số) "
    r"(?=[\dIVX]|ngày|tháng|người|việc|hồ sơ|đơn vị|năm|giờ|phút)"
    r"|([Cc]hưa) (?=\w)"
    r"|([Đđ]iểm) (?=[a-zđ](?!\w)))"
)


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> str:
    """Django's tag of this name, and with it the token by which the form works once (benan.accounts.once).

    So no page can forget it: a form without the one is refused already. A new token for every form shown, but
    that a form sent back for correction keeps its own.
    """
    if not (token := context.get("csrf_token")):
        return ""
    once = getattr(getattr(context, "request", None), "once", "") or secrets.token_urlsafe(18)
    fields = (("csrfmiddlewaretoken", token), (ONCE, once))
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)


@register.simple_tag
@cache
def icon(name: str, extra: str = "") -> str:
    """A line drawing of static/icons.svg, beside a word that says the same."""
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#{}"/></svg>',
        extra, static("icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def mark(name: str, size: int = 18) -> str:
    """A small coloured sign of static/icons.svg: duty-* of the plan, cell-* of the returns."""
    return format_html(
        '<svg class="mark" width="{0}" height="{0}" viewBox="0 0 24 24" aria-hidden="true"><use href="{1}#{2}"/></svg>',
        size, static("icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def table_head(*names: str, right: int = 0, actions: bool = False) -> str:
    """The head of a table whose rows become cards at 360 px; the last `right` names stand over numbers.

    `actions` adds a column of buttons, named for those who hear the page. Such a table has class "table folds", the roles
    that its display would take away, and data-label="name" on every td.
    """
    cells = [("right" if n >= len(names) - right else "", name) for n, name in enumerate(names)]
    if actions:
        cells.append(("", format_html('<span class="visually-hidden">{}</span>', _("Việc"))))
    row = format_html_join("", '<th scope="col" role="columnheader" class="{}">{}</th>', cells)
    return format_html('<thead role="rowgroup"><tr role="row">{}</tr></thead>', row)


@register.simple_block_tag
def slot(content: str) -> str:
    """Markup kept under a name, for a component: {% slot as note %}…{% endslot %} and then {% card note=note %}."""
    return content


@register.simple_block_tag(takes_context=True)
def card(
    context: Any, content: str, title: str = "", note: str | int | None = "", beside: str = "", id: str = "", label: str = "", look: str = "",
    anchor: str = "", padded: bool = False,
) -> str:  # fmt: skip
    """A card around its content (components/card.html).

    `title`, and beside it either a quiet `note` or markup (`beside`). `id` of the title, which then names the section;
    without a title `label` may. `look`: more classes, such as "quiet" or "text-width". `anchor`: id of the section.
    `padded`: the content stands in a body with margins; lists and tables reach the border without.
    """
    values = {
        "title": title, "note": note, "beside": beside, "id": id, "label": label, "look": look, "anchor": anchor,
        "padded": padded, "has_note": note not in ("", None), "content": content,
    }  # fmt: skip
    return context.template.engine.get_template("components/card.html").render(context.new(values))


@register.simple_tag
def drawn(name: str, **values: Any) -> str:
    """A component that depends on these values alone, drawn once by the process: for the rows of long pages.

    The values are words of the program and numbers, never of a person.
    """
    return _drawn(get_language(), name, **values)


@register.simple_tag
def gauge(gone: int, total: int, state: str = "", width: int = 106) -> str:
    """The water gauge of a limit: days gone of all days; `state` is the clock's (soon, today …)."""
    return _gauge(int(gone), int(total), state, int(width))


@register.inclusion_tag("drawings/people_dots.html")
def people_dots(served: int, missing: Any = (), per_row: int = 14) -> dict[str, Any]:
    """People one by one; `missing` is a list of {url, label} or a number."""
    rings = [{}] * missing if isinstance(missing, int) else list(missing)
    return {"dots": drawing.dots(int(served), rings, per_row)}


@register.simple_tag
@cache
def task_dots(count: int) -> str:
    """Up to three dots for the tasks of a day; more are a number."""
    dots = [13 * i + 6.5 for i in range(min(count, 3))]
    return loader.render_to_string(
        "drawings/task_dots.html", {"count": count, "width": 13 * max(len(dots), 1), "dots": dots}
    )


@register.inclusion_tag("drawings/progress.html")
def progress(done: int, total: int) -> dict[str, Any]:
    """Steps of a guided flow as a bar on a phone; `done` are behind, the next one is here."""
    width = (336 - 4.5 * (total - 1)) / total
    states = ["done" if i < done else "current" if i == done else "" for i in range(total)]
    bars = [(drawing.number(i * (width + 4.5)), drawing.number(width), state) for i, state in enumerate(states)]
    return {"bars": bars}


@register.simple_tag
def procedure_picture(streams: Any) -> Any:
    """The geometry of the procedure picture (components/procedure.html draws it)."""
    return drawing.procedure(streams)


@register.inclusion_tag("forms/errors.html")
def error_summary(form: Any, title: str = "") -> dict[str, Any]:
    """The summary of what a form still needs, each line a link to its field; nothing when all is well."""
    if not form.is_bound:
        return {"lines": []}
    lines = [("", message, "") for message in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else field.id_for_label or f"{field.auto_id}_0"
        label = (
            str(field.label)
            if str(field.label).endswith("?") or not field.label
            else f"{str(field.label).rstrip('.')}:"
        )
        lines += [(label, message, target) for message in field.errors]
    return {"lines": lines, "count": len(lines), "title": title}


@register.filter
def day(value: Any) -> str:
    """A day (or the day of a moment) as 09/11/2017."""
    return days.show(_local(value))


@register.filter
def short_day(value: Any) -> str:
    """A day of the year at hand as 09/11."""
    return f"{_local(value):%d/%m}" if value else ""


@register.filter
def weekday_and_day(value: Any) -> str:
    """A day with its weekday, "Thứ Năm, 09/11/2017"."""
    return days.show_with_weekday(_local(value)) if value else ""


@register.filter
def weekday(value: dt.date) -> str:
    """The weekday in two letters: T2 to T7, CN."""
    return _("CN") if value.weekday() == 6 else f"T{value.weekday() + 2}"


@register.filter
def moment(value: Any) -> str:
    """A moment as 08:05 09/11/2017, on the clock of Việt Nam."""
    return f"{_local(value):%H:%M %d/%m/%Y}" if value else ""


@register.filter
def time_of_day(value: Any) -> str:
    """The time of day of a moment, 08:05."""
    return f"{_local(value):%H:%M}" if value else ""


@register.filter
def fraction(part: int, whole: int) -> str:
    """A fraction of people, 13/14; without anybody it is not 0 but "không phát sinh"."""
    return f"{part}/{whole}" if whole else _("không phát sinh")


@register.filter
def percent(part: int, whole: int) -> str:
    """A share as 92,9%; nothing where there is no whole."""
    return f"{100 * part / whole:.1f}%".replace(".", ",") if whole else ""


@register.filter
def plain_number(value: Any) -> str:
    """A number that is a name (a year, a key), without separators: 2017, not 2.017."""
    return str(value)


@register.filter(is_safe=True)
def keep_together(text: Any) -> str:
    """The text with "Điều 24", "điểm b", "20 ngày", "mục VI.1", "chưa có" kept on one line; what is no text stays as it is."""
    if not isinstance(text, (str, Promise)):
        return text
    return _PAIRS.sub(lambda found: found[0].replace(" ", "\u00a0"), str(text))


# Of two values that are equal, one may be markup: `typed` tells them apart.
@lru_cache(4000, typed=True)
def _drawn(_language: str | None, name: str, **values: Any) -> str:
    return loader.render_to_string(name, values)


@lru_cache(1000, typed=True)
def _gauge(gone: int, total: int, state: str, width: int) -> str:
    return loader.render_to_string("drawings/gauge.html", {"gauge": drawing.gauge(gone, total, width), "state": state})


def _local(value: Any) -> Any:
    return value.astimezone(days.VIETNAM) if getattr(value, "tzinfo", None) else value
