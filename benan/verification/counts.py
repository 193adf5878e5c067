"""What is counted of verification."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from benan.cases.counts import PERSON, by_column, of_people, steps_of, values, within_period
from benan.core.counts import Count
from benan.core.figures import Question
from benan.verification.models import Finding


def _signed(asked: Question) -> QuerySet[Finding]:
    standing = Q(replaced_on=None) | Q(replaced_on__gt=asked.as_of)
    return within_period(Finding.objects.order_by().filter(standing, withdrawn=False), "on", asked)


VERIFICATION_COUNTS = (
    Count(
        "verifications_requested", _("Người được đề nghị xác minh"), PERSON,
        (_("Tính vào ngày gửi công văn đề nghị xác minh; mỗi người tính một lần trong kỳ."),),
        steps_of("request_sent"), "on", of_people(),
    ),
    Count(
        "persons_found", _("Người có kết luận"), PERSON,
        (
            _("Tính vào ngày của kết luận đang có hiệu lực vào ngày xét: giấy tờ theo Điều 28 Luật 66/2011 hoặc văn bản trả lời. Kết luận đã được thay bằng kết luận khác không tính."),
            _("Đơn vị là cơ quan kết luận, hoặc cơ quan ghi nhận giấy tờ."),
        ),
        _signed, "on",
        (
            by_column("outcome", _("Kết luận là"), values(Finding.Outcome.choices), "outcome"),
            by_column("basis", _("Dựa trên"), values(Finding.Basis.choices), "basis"),
            *of_people(),
        ),
    ),
)  # fmt: skip
