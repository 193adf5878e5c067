"""What is counted of referrals, stays, returns, visits and programmes."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from benan.cases.counts import PERSON, TIME, by_column, of_people, steps_of, values, within_period
from benan.core.counts import Count
from benan.core.figures import Question, every_row
from benan.support.models import Enrolment, Referral, Visit
from benan.support.vocabulary import programmes


def _sent(asked: Question) -> QuerySet[Referral]:
    rows = every_row(Referral).exclude(consent=Referral.Consent.REFUSED)
    return within_period(rows, "sent_on", asked)


def _accepted(asked: Question) -> QuerySet[Referral]:
    return within_period(every_row(Referral).filter(accepted=True), "answered_on", asked)


def _visited(asked: Question) -> QuerySet[Visit]:
    return within_period(every_row(Visit), "made_on", asked)


def _joined(asked: Question) -> QuerySet[Enrolment]:
    return within_period(every_row(Enrolment).filter(taken_back=False), "joined_on", asked)


_TO = by_column("to", _("Chuyển đến"), values(Referral.Kind.choices), "kind")
_PROGRAMME = by_column("programme", _("Chương trình"), lambda: values(programmes())(), "programme", overlaps=True)
SUPPORT_COUNTS = (
    Count(
        "referrals_sent", _("Lượt chuyển tuyến đã gửi"), TIME,
        (_("Tính vào ngày chuyển; lần mà người ấy không đồng ý thì không gửi nên không tính. Đơn vị là nơi chuyển."),),
        _sent, "sent_on", (_TO, *of_people()), agency="sender", each_row=True,
    ),
    Count(
        "referrals_accepted", _("Lượt chuyển tuyến được nhận"), TIME,
        (_("Tính vào ngày nơi nhận đồng ý tiếp nhận. Đơn vị là nơi nhận."),),
        _accepted, "answered_on", (_TO, *of_people()), agency="receiver", each_row=True,
    ),
    Count(
        "stays_begun", _("Lượt vào cơ sở lưu trú"), TIME,
        (_("Tính vào ngày vào cơ sở. Đơn vị là đơn vị ghi."),),
        steps_of("shelter_entered"), "on", of_people(), each_row=True,
    ),
    Count(
        "persons_returned", _("Người về nơi cư trú"), PERSON,
        (_("Tính vào ngày về nơi cư trú; mỗi người tính một lần trong kỳ. Đơn vị là đơn vị ghi."),),
        steps_of("residence_established"), "on", of_people(),
    ),
    Count(
        "visits_made", _("Lượt thăm sau khi trở về"), TIME,
        (_("Tính vào ngày thăm; lần hẹn chưa thăm không tính. Đơn vị là đơn vị thăm."),),
        _visited, "made_on", of_people(), each_row=True,
    ),
    Count(
        "programmes_joined", _("Người tham gia chương trình kinh tế, xã hội"), PERSON,
        (_("Tính vào ngày bắt đầu tham gia, dù sau đó đã kết thúc; mỗi người tính một lần trong kỳ, và một lần ở mỗi chương trình. Tham gia chương trình không phải là hỗ trợ đã cấp. Đơn vị là đơn vị ghi."),),
        _joined, "joined_on", (_PROGRAMME, *of_people()),
    ),
)  # fmt: skip
