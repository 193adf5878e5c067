"""The state of a plan in sentences that can be read aloud, from the same tallies as the dots."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.html import format_html
from django.utils.translation import gettext as _

from benan.agencies import queries as agencies
from benan.core.days import legal_day, show
from benan.core.figures import Question, Tally
from benan.places import queries as places
from benan.plan.duties import DutyState
from benan.plan.periods import ReportPeriod

NUMBERS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def count(n: int) -> str:
    """A small number in words, a larger one in figures."""
    return NUMBERS[n] if n < len(NUMBERS) else f"{n:,}".replace(",", ".")


def whose(asked: Question) -> str:
    """The agency and the area of a question as they follow "số liệu", with a space before; "" for the whole province."""
    today = legal_day()
    names = [agencies.names_by_day([(asked.agency.pk, today)])[asked.agency.pk, today]] if asked.agency else []
    if asked.area:
        names.append(places.path(asked.area, places.last_read([asked.area], today)[asked.area]))
    return _(" của %(names)s") % {"names": ", ".join(names)} if names else ""


def indicators_reached(states: Sequence[bool | None]) -> str:
    """How many indicators are reached; `states` says of each whether it is, None where nobody counts."""
    arising = sum(state is not None for state in states)
    reached, every = sum(state is True for state in states), len(states)
    if not every:
        return _("Kế hoạch này không có chỉ tiêu nào mà chương trình đếm được.")
    if not arising:
        return _("Kỳ này không phát sinh ở cả %(every)s chỉ tiêu.") % {"every": count(every)}
    if reached == every:
        return format_html(_("Đạt cả <b>{}</b> chỉ tiêu."), count(every))
    if reached == arising:
        words = _("Đạt <b>{}</b> chỉ tiêu có phát sinh; {} chỉ tiêu không phát sinh.")
        return format_html(words, count(reached), count(every - arising))
    if arising == every:
        words = (
            _("Đạt <b>{} trên {}</b> chỉ tiêu.") if reached else _("Chưa đạt chỉ tiêu nào trong <b>{1}</b> chỉ tiêu.")
        )
    else:
        words = (
            _("Đạt <b>{} trên {}</b> chỉ tiêu có phát sinh.")
            if reached
            else _("Chưa đạt chỉ tiêu nào trong <b>{1}</b> chỉ tiêu có phát sinh.")
        )
    return format_html(words, reached, arising)


def indicators_and_target(targets: Sequence[int]) -> str:
    """How many indicators there are and, where it is one for all, the target in percent."""
    words = _("%(count)s chỉ tiêu") % {"count": count(len(targets)).capitalize()}
    if len(set(targets)) != 1:
        return words
    return _("%(indicators)s, mục tiêu %(target)s%%") % {"indicators": words, "target": targets[0]}


def every_indicator(n: int) -> str:
    """All indicators of a plan, by their number."""
    return _("Cả %(count)s chỉ tiêu") % {"count": count(n)}


def people(short: int, arising: bool) -> str:
    """How many people still lack something."""
    if short:
        return format_html(_("<b>{} người</b> chưa được hỗ trợ đủ."), count(short).capitalize())
    return _("Không có người nào chưa được hỗ trợ đủ.") if arising else ""


def lateness(tallies: Sequence[Tally]) -> str:
    """How much was done late."""
    late = sum(tally.late for tally in tallies)
    if late:
        return format_html(_("<b>{} lượt</b> hoàn thành quá hạn."), count(late).capitalize())
    return _("Mọi việc đã hoàn thành đều đúng hạn.") if any(tally.numerator for tally in tallies) else ""


def duties(found: Mapping[DutyState, int]) -> str:
    """How many duties there are and where they stand, the most urgent first; for reading aloud."""
    return _("%(total)s nhiệm vụ: %(states)s.") % {"total": sum(found.values()), "states": states(found)}


def duties_late(found: Mapping[DutyState, int]) -> str:
    """How many duties are late or silent; nothing where none is."""
    late, silent = found.get(DutyState.LATE, 0), found.get(DutyState.SILENT, 0)
    if not late and not silent:
        return ""
    return format_html(_("<b>{} nhiệm vụ</b> quá hạn hoặc lâu không có tiến độ."), count(late + silent).capitalize())


def states(found: Mapping[DutyState, int]) -> str:
    """How many stand where, in words: 2 quá hạn, 3 chưa bắt đầu."""
    return ", ".join(f"{found[state]} {state.label}" for state in DutyState if found.get(state))


def agencies_at(found: Mapping[DutyState, int]) -> str:
    """The most urgent state of a clause, and of several agencies how many are there: 1 trong 11 đơn vị quá hạn."""
    state = next(state for state in DutyState if found.get(state))
    told = {"n": found[state], "all": sum(found.values()), "state": state.label}
    if told["all"] == 1:
        return str(state.label)
    if told["n"] == told["all"]:
        return _("cả %(all)d đơn vị %(state)s") % told
    return _("%(n)d trong %(all)d đơn vị %(state)s") % told


def time_of(year: int | None) -> str:
    """The time of an agency's plan."""
    return _("năm %d") % year if year else _("cả giai đoạn")


def next_report(period: ReportPeriod, today: dt.date) -> str:
    """Which report is due next, and when; nothing once the last was due, or where none is asked for."""
    if period.due_on is None or period.due_on < today:
        return ""
    left = (period.due_on - today).days
    when = _("còn %(n)s ngày") % {"n": left} if left else _("hôm nay là ngày cuối")
    if period.within_year:
        return format_html("{}", _("Báo cáo %(name)s: %(due)s.") % {"name": period.name, "due": period.due_words})
    words = _("Báo cáo {name}: chậm nhất <b>{day}</b>, {when}.")
    return format_html(words, name=period.name, day=show(period.due_on), when=when)
