"""What must hold of the days of a reception, of a file and of its events, however they are written.

Entry, correction and import call the same functions. What one row says by itself is a database constraint too.
`field` names the box to which a sentence about the day belongs.
"""

from django.utils.translation import gettext_lazy as _

from benan.cases.models import File, Step
from benan.core.days import legal_day, show
from benan.core.refusals import Refused
from benan.places import choices
from benan.places.models import Unit
from benan.vault import ages

# Lines that carry the day of the arrival or of the notice itself, and go with it.
OF_THE_ARRIVAL = {"receive", "came_along", "companion", "entrusted"}


def check_reception(reception, *, field="came_on") -> None:
    """Refuse a reception in the future, before the first report, or in a commune that did not exist that day."""
    came, told = reception.came_on, reception.first_told_on
    check_not_ahead(came, field=field)
    if told and told > came:
        raise Refused(
            _("Ngày khai báo ở nơi đầu tiên (%(told)s) phải trước hoặc trong ngày đến đây (%(came)s).")
            % {"came": show(came), "told": show(told)},
            field="first_told_on" if field == "came_on" else field,
        )
    if not Unit.objects.on(came).filter(code=reception.area_code, level="commune").exists():
        raise Refused(
            _("Ngày %(on)s không có xã, phường nào mang mã %(code)s.")
            % {"on": show(came), "code": reception.area_code},
            field="area_code" if field == "came_on" else field,
        )


def unit_on(on, value, *levels, field):
    """The unit of a choice (`places.choices`) on the day of what happened there. Raises Refused, naming both."""
    unit = choices.chosen(value, on)
    if unit and unit.level in levels:
        return unit
    told = choices.told(value, levels)
    if told:
        sentence = _("Ngày %(on)s không có %(unit)s. Chọn đơn vị có vào ngày ấy, hoặc xem lại ngày.")
        raise Refused(sentence % {"on": show(on), "unit": told}, field=field)
    raise Refused(
        _("Ngày %(on)s không có xã, phường nào mang mã %(code)s.") % {"on": show(on), "code": value}, field=field
    )


def check_person(file) -> None:
    """Refuse what cannot be true of a person together: birth, age, being a minor, residence, the day they came."""
    came = file.reception.came_on
    if file.age_class == ages.NOT_BORN:
        raise Refused(_("Ngày sinh sau ngày đến tiếp nhận. Ghi lại năm sinh hoặc tuổi."), field="born")
    if file.age_class == ages.TOO_OLD:
        raise Refused(_("Tuổi này trên 110. Ghi lại năm sinh hoặc tuổi."), field="born")
    if file.kind == File.Kind.MINOR and file.age_class == ages.Age.ADULT:
        raise Refused(_("Người này đã đủ 18 tuổi, không ghi là người chưa thành niên đi cùng."), field="kind")
    if file.residence_on:
        check_not_ahead(file.residence_on, field="residence_on")
        if file.residence_on < came:
            raise Refused(
                _("Ngày rõ nơi cư trú (%(on)s) trước ngày đến tiếp nhận (%(came)s).")
                % {"on": show(file.residence_on), "came": show(came)},
                field="residence_on",
            )


def check_day(file, on, *, field="on") -> None:
    """Refuse a day of something in a file that lies in the future or before the person came."""
    check_not_ahead(on, field=field)
    came = file.reception.came_on
    if on < came:
        raise Refused(
            _("Ngày %(on)s trước ngày tiếp nhận (%(came)s).") % {"on": show(on), "came": show(came)}, field=field
        )


def check_not_ahead(on, *, field="on") -> None:
    """Refuse a day in the future."""
    today = legal_day()
    if on > today:
        raise Refused(
            _("Ngày %(on)s nằm sau hôm nay (%(today)s).") % {"on": show(on), "today": show(today)}, field=field
        )


def check_paper(on, *, field="paper_on") -> None:
    """Refuse a paper dated in the future."""
    today = legal_day()
    if on and on > today:
        raise Refused(
            _("Ngày văn bản %(on)s nằm sau hôm nay (%(today)s).") % {"on": show(on), "today": show(today)}, field=field
        )


def check_certificate(certificate_on, found_on, *, field="certificate_on") -> None:
    """Refuse a certificate dated after the day on which it was found, or came with the answer."""
    if certificate_on and certificate_on > found_on:
        raise Refused(
            _("Ngày giấy xác nhận (%(paper)s) sau ngày ghi nhận kết luận (%(on)s).")
            % {"paper": show(certificate_on), "on": show(found_on)},
            field=field,
        )


def check_order(file, procedure, event, on, *, step=None) -> None:
    """Refuse a day that breaks the order of a file's events, as the procedure states it.

    A new event comes after all that are recorded; a corrected one (`step`) keeps its place among them, and stays
    within the file.
    """
    rows = sequence(file)
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
    if step and file.closed_on and on > file.closed_on:
        raise Refused(
            _("Ngày %(on)s sau ngày kết thúc hồ sơ (%(closed)s).") % {"on": show(on), "closed": show(file.closed_on)},
            field="on",
        )


def sequence(file) -> list:
    """The lines of a file that count, in the order in which they were first written, whatever corrected them since."""
    first, replaced, rows = {}, set(), list(file.steps.order_by("pk"))
    for row in rows:
        first[row.pk] = first.get(row.corrects_id, row.pk)
        replaced.add(row.corrects_id)
    return sorted((row for row in rows if row.pk not in replaced), key=lambda row: (first[row.pk], row.pk))


def check_arrival(reception, on, called) -> None:
    """Refuse a day of arrival after something in the files of those who came together; `called` names a line."""
    files = File.objects.together(reception)
    lines = Step.objects.filter(file__in=files, corrected_by=None, of_entry=False, on__lt=on).exclude(
        key__in=OF_THE_ARRIVAL
    )
    first = lines.order_by("on", "pk").select_related("file").first()
    if first is None:
        return
    sentence = _("Ngày %(on)s sau ngày của bước “%(step)s” (%(then)s).")
    if first.file.kind != File.Kind.CLAIMANT:
        sentence = _("Ngày %(on)s sau ngày của bước “%(step)s” (%(then)s) trong hồ sơ của người đi cùng.")
    raise Refused(sentence % {"on": show(on), "step": called(first), "then": show(first.on)}, field="on")
