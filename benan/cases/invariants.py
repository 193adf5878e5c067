"""Rules about the days of a reception, of a case and of its events.

Entry, correction and import call the same functions; each raises Refused. Rules about a single row are database constraints
as well. `field` is the field of the form to which the refusal belongs.
"""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benan.cases import history
from benan.cases.clocks import present_hour
from benan.cases.models import Case, Reception, Step
from benan.core.days import legal_day, show
from benan.core.refusals import Refused
from benan.places import choices
from benan.places.models import Unit
from benan.rules.schema import Procedure
from benan.vault import ages

# Keys of lines whose day is that of the arrival or of the notice, and is corrected with it.
OF_THE_ARRIVAL = {"receive", "came_along", "companion", "entrusted"}


def check_reception(reception: Reception, *, field: str = "came_on") -> None:
    """Refuse a reception in the future, before the first report, or in a commune that did not exist that day."""
    came, told = reception.came_on, reception.first_told_on
    check_not_ahead(came, reception.came_at, field=field, at_field="came_at" if field == "came_on" else field)
    if told and told > came:
        raise Refused(
            _("Ngày khai báo ở nơi đầu tiên (%(told)s) phải trước hoặc trong ngày đến đây (%(came)s).")
            % {"came": show(came), "told": show(told)},
            field="first_told_on" if field == "came_on" else field,
        )
    if not Unit.objects.on(came).filter(code=reception.area_code, level="commune").exists():
        raise Refused(
            _("Ngày %(on)s không có xã, phường nào có mã %(code)s.") % {"on": show(came), "code": reception.area_code},
            field="area_code" if field == "came_on" else field,
        )


def unit_on(on: dt.date, value: str, *levels: str, field: str) -> Unit:
    """The unit that a value of `places.choices` means on a day, of one of the levels. Raises Refused where there is none."""
    unit = choices.chosen(value, on)
    if unit and unit.level in levels:
        return unit
    told = choices.told(value, levels)
    if told:
        sentence = _("Ngày %(on)s không có %(unit)s. Chọn đơn vị có vào ngày ấy, hoặc xem lại ngày.")
        raise Refused(sentence % {"on": show(on), "unit": told}, field=field)
    raise Refused(
        _("Ngày %(on)s không có xã, phường nào có mã %(code)s.") % {"on": show(on), "code": value}, field=field
    )


def check_person(case: Case) -> None:
    """Refuse a class of age, a kind or a day of residence that cannot be true with the day on which the person came."""
    came = case.reception.came_on
    if case.age_class == ages.NOT_BORN:
        raise Refused(_("Ngày sinh sau ngày đến tiếp nhận. Ghi lại năm sinh hoặc tuổi."), field="born")
    if case.age_class == ages.TOO_OLD:
        raise Refused(_("Tuổi này trên 110. Ghi lại năm sinh hoặc tuổi."), field="born")
    if case.kind == Case.Kind.MINOR and case.age_class == ages.Age.ADULT:
        raise Refused(_("Người này đã đủ 18 tuổi, không ghi là người chưa thành niên đi cùng."), field="kind")
    if case.residence_on:
        check_not_ahead(case.residence_on, field="residence_on")
        if case.residence_on < came:
            raise Refused(
                _("Ngày rõ nơi cư trú (%(on)s) trước ngày đến tiếp nhận (%(came)s).")
                % {"on": show(case.residence_on), "came": show(came)},
                field="residence_on",
            )


def check_day(case: Case, on: dt.date, at: dt.time | None = None, *, field: str = "on", at_field: str = "at") -> None:
    """Refuse a day of something in a case, or an hour of it (`at`), that lies in the future or before the person came."""
    check_not_ahead(on, at, field=field, at_field=at_field)
    came, came_at = case.reception.came_on, case.reception.came_at
    if on < came:
        raise Refused(
            _("Ngày %(on)s trước ngày tiếp nhận (%(came)s).") % {"on": show(on), "came": show(came)}, field=field
        )
    if at and came_at and on == came and at < came_at:
        raise Refused(
            _("Giờ %(at)s ngày %(on)s trước giờ người ấy đến (%(came_at)s cùng ngày). Xem lại giờ đã ghi.")
            % {"at": f"{at:%H:%M}", "on": show(on), "came_at": f"{came_at:%H:%M}"},
            field=at_field,
        )


def check_not_ahead(on: dt.date, at: dt.time | None = None, *, field: str = "on", at_field: str = "at") -> None:
    """Refuse a day in the future, and an hour (`at`) of today that the clock has not reached.

    Where the legal day is fixed no hour of it is refused (`clocks.present_hour`).
    """
    today, now = legal_day(), present_hour()
    if on > today:
        raise Refused(
            _("Ngày %(on)s nằm sau hôm nay (%(today)s).") % {"on": show(on), "today": show(today)}, field=field
        )
    if at and now and on == today and at > now:
        raise Refused(
            _("Giờ %(at)s nằm sau lúc này (%(now)s, hôm nay %(today)s). Ghi giờ đã xảy ra việc này.")
            % {"at": f"{at:%H:%M}", "now": f"{now:%H:%M}", "today": show(today)},
            field=at_field,
        )


def check_paper(on: dt.date | None, *, field: str = "paper_on") -> None:
    """Refuse a paper dated in the future."""
    today = legal_day()
    if on and on > today:
        raise Refused(
            _("Ngày văn bản %(on)s nằm sau hôm nay (%(today)s).") % {"on": show(on), "today": show(today)}, field=field
        )


def check_certificate(certificate_on: dt.date | None, found_on: dt.date, *, field: str = "certificate_on") -> None:
    """Refuse a certificate dated after the day of the finding or answer with which it came."""
    if certificate_on and certificate_on > found_on:
        raise Refused(
            _("Ngày giấy xác nhận (%(paper)s) sau ngày ghi nhận kết luận (%(on)s).")
            % {"paper": show(certificate_on), "on": show(found_on)},
            field=field,
        )


def check_order(case: Case, procedure: Procedure, event: str, on: dt.date, *, step: Step | None = None) -> None:
    """Refuse a day that breaks the order of a case's events, as the procedure states it.

    A new event comes after all that are recorded; a corrected one (`step`) keeps its place among them, and may not be later
    than the end of the case.
    """
    rows = history.in_order(case)
    place = {row.pk: place for place, row in enumerate(rows)}
    here = place[step.pk] if step else len(rows)
    called = {move.key: move.label for move in procedure.moves}
    others = [row for row in rows if row.event and place[row.pk] != here]
    for other in sorted(others, key=lambda row: row.on, reverse=True):
        before = place[other.pk] < here
        if before and other.event in procedure.events[event].after and on < other.on:
            sentence = _("Ngày %(on)s trước ngày của bước “%(step)s” (%(then)s).")
        elif not before and event in procedure.events[other.event].after and on > other.on:
            sentence = _("Ngày %(on)s sau ngày của bước “%(step)s” (%(then)s).")
        else:
            continue
        words = {"on": show(on), "step": called.get(other.key, other.key), "then": show(other.on)}
        raise Refused(sentence % words, field="on")
    if step and case.closed_on and on > case.closed_on:
        raise Refused(
            _("Ngày %(on)s sau ngày kết thúc hồ sơ (%(closed)s).") % {"on": show(on), "closed": show(case.closed_on)},
            field="on",
        )


def check_arrival(reception: Reception, on: dt.date) -> None:
    """Refuse a day of arrival, with the hour of the reception, later than a step in a case of the reception."""
    later = Q(on__lt=on)
    if reception.came_at:
        later |= Q(on=on, at__lt=reception.came_at)
    lines = Step.objects.filter(later, case__in=Case.objects.of_reception(reception), corrected_by=None, of_entry=False)
    lines = lines.exclude(key__in=OF_THE_ARRIVAL)
    first = lines.order_by("on", "at", "pk").select_related("case").first()
    if first is None:
        return
    then = f"{first.at:%H:%M} {show(first.on)}" if first.on == on and first.at else show(first.on)
    sentence = _("Ngày %(on)s sau ngày của bước “%(step)s” (%(then)s).")
    if first.on == on:
        sentence = _("Vào ngày %(on)s, giờ đến đã ghi sau giờ của bước “%(step)s” (%(then)s).")
    elif first.case.kind != Case.Kind.CLAIMANT:
        sentence = _("Ngày %(on)s sau ngày của bước “%(step)s” (%(then)s) trong hồ sơ của người đi cùng.")
    raise Refused(sentence % {"on": show(on), "step": history.sentence(first), "then": then}, field="on")
