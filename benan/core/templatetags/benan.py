"""Tags and filters that draw or write; they decide nothing.

They are built in everywhere (config/settings.py), so no template loads them.
"""

import re
import secrets
from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from benan.core import days, drawing
from benan.core.pages import ONCE

register = template.Library()

_PAIRS = re.compile(
    r"(?<!\w)(\d+|Điều|điều|Khoản|khoản|Điểm|điểm|Mục|mục|Phụ lục|Luật|NĐ|QĐ|TT|KH|số) "
    r"(?=[\dIVX]|ngày|tháng|người|việc|hồ sơ|đơn vị|năm|giờ|phút)"
)


@register.simple_tag(takes_context=True)
def csrf_token(context):
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
def icon(name, extra=""):
    """A line drawing of static/icons.svg, beside a word that says the same."""
    return format_html(
        '<svg class="i {}" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#{}"/></svg>',
        extra, static("icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def mark(name, size=18):
    """A small coloured sign of static/icons.svg: duty-* of the plan, cell-* of the returns."""
    return format_html(
        '<svg class="o-nv" width="{0}" height="{0}" viewBox="0 0 24 24" aria-hidden="true"><use href="{1}#{2}"/></svg>',
        size, static("icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def heads(*names, right=0, work=False):
    """The head of a table whose rows become cards at 360 px; the last `right` names stand over numbers.

    `work` adds a column of buttons, named for those who hear the page. Such a table has class "ba-bang gap", the roles
    that its display would take away, and data-nhan="name" on every td.
    """
    cells = [("p" if n >= len(names) - right else "", name) for n, name in enumerate(names)]
    if work:
        cells.append(("", format_html('<span class="an-mat">{}</span>', _("Việc"))))
    row = format_html_join("", '<th scope="col" role="columnheader" class="{}">{}</th>', cells)
    return format_html('<thead role="rowgroup"><tr role="row">{}</tr></thead>', row)


@register.inclusion_tag("drawings/gauge.html")
def gauge(gone, total, state="", width=106):
    """The water gauge of a limit: days gone of all days; `state` is the clock's (sap, nay …)."""
    return {"gauge": drawing.gauge(int(gone), int(total), int(width)), "state": state}


@register.inclusion_tag("drawings/dots.html")
def dots(served, missing=(), per_row=14):
    """People one by one; `missing` is a list of {url, label} or a number."""
    rings = [{}] * missing if isinstance(missing, int) else list(missing)
    return {"dots": drawing.dots(int(served), rings, per_row)}


@register.inclusion_tag("drawings/day_dots.html")
def day_dots(count):
    """Up to three dots for the tasks of a day; more are a number."""
    return {"count": count, "width": 13 * max(min(count, 3), 1), "dots": [13 * i + 6.5 for i in range(min(count, 3))]}


@register.inclusion_tag("drawings/progress.html")
def progress(done, total):
    """Steps of a guided flow as a bar on a phone; `done` are behind, the next one is here."""
    width = (336 - 4.5 * (total - 1)) / total
    states = ["qua" if i < done else "nay" if i == done else "" for i in range(total)]
    bars = [(drawing.number(i * (width + 4.5)), drawing.number(width), state) for i, state in enumerate(states)]
    return {"bars": bars}


@register.simple_tag
def procedure(streams):
    """The geometry of the procedure picture (components/procedure.html draws it)."""
    return drawing.procedure(streams)


@register.inclusion_tag("forms/errors.html")
def errors(form, title=""):
    """The summary of what a form still needs, each line a link to its field; nothing when all is well."""
    if not form.is_bound:
        return {"lines": []}
    lines = [("", message, "") for message in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else field.id_for_label or f"{field.auto_id}_0"
        label = str(field.label) if str(field.label).endswith("?") or not field.label else f"{field.label}:"
        lines += [(label, message, target) for message in field.errors]
    return {"lines": lines, "count": len(lines), "title": title}


@register.filter
def ngay(day):
    """A day (or the day of a moment) as 09/11/2017."""
    return days.show(_local(day))


@register.filter
def ngay_ngan(day):
    """A day of the year at hand as 09/11."""
    return f"{_local(day):%d/%m}" if day else ""


@register.filter
def ngay_thu(day):
    """A day with its weekday, "Thứ Năm, 09/11/2017"."""
    return days.show_with_weekday(_local(day)) if day else ""


@register.filter
def thu(day):
    """The weekday in two letters: T2 to T7, CN."""
    return _("CN") if day.weekday() == 6 else f"T{day.weekday() + 2}"


@register.filter
def luc(moment):
    """A moment as 08:05 09/11/2017, on the clock of Việt Nam."""
    return f"{_local(moment):%H:%M %d/%m/%Y}" if moment else ""


@register.filter
def gio(moment):
    """The time of day of a moment, 08:05."""
    return f"{_local(moment):%H:%M}" if moment else ""


@register.filter
def phan_so(part, whole):
    """A fraction of people, 13/14; without anybody it is not 0 but "không phát sinh"."""
    return f"{part}/{whole}" if whole else _("không phát sinh")


@register.filter
def phan_tram(part, whole):
    """A share as 92,9%; nothing where there is no whole."""
    return f"{100 * part / whole:.1f}%".replace(".", ",") if whole else ""


@register.filter
def tron(value):
    """A number that is a name (a year, a key), without separators: 2017, not 2.017."""
    return str(value)


@register.filter(is_safe=True)
def lien(text):
    """The text with "Điều 24", "20 ngày", "mục VI.1" kept on one line; what is no text stays as it is."""
    if not isinstance(text, (str, Promise)):
        return text
    return _PAIRS.sub(lambda found: f"{found[1]}\u00a0", str(text))


@register.filter
def phone_places(nav):
    """Four places for the bar of a phone, reception in the middle; the others stay under "Thêm"."""
    wanted = ("desk", "case", "plan", "report", "law", "refer")
    every = {item["icon"]: item for group in nav for item in group}
    places = [every[name] for name in wanted if name in every]
    if "intake" in every:
        return [*places[:2], every["intake"], *places[2:3]]
    return places[:4]


def _local(value):
    return value.astimezone(days.VIETNAM) if getattr(value, "tzinfo", None) else value
