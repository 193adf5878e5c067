"""What is counted of needs: who was asked about them, and what was given."""

from collections.abc import Mapping

from django.db.models import Case as Choice
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from benan.cases.counts import PERSON, TIME, by_column, of_people, steps_of, values, within_period
from benan.cases.models import Case
from benan.core.counts import UNKNOWN, Count, Split
from benan.core.figures import Question, every_row
from benan.needs.actions.applications import DECISIONS
from benan.needs.kinds import KINDS
from benan.needs.models import Assessment, Need, Provision

# Kinds of support as the law and the forms of reports name them, each with the kinds of need that it answers.
SERVICES: Mapping[str, tuple[str, ...]] = {
    "essential": ("food", "clothes", "lodging", "child_care", "essential"),
    "travel": ("travel",),
    "medical": ("first_aid", "medical", "health_care", "treatment", "health_advice"),
    "legal": ("legal_aid", "papers"),
    "psychological": ("counselling", "psychological", "psych_advice"),
    "schooling": ("schooling",),
    "vocational": ("vocational",),
    "job": ("job",),
    "initial_allowance": ("initial_allowance",),
    "loan": ("loan",),
}
SERVICE_NAMES = {
    "essential": _("Hỗ trợ nhu cầu thiết yếu"),
    "travel": _("Hỗ trợ chi phí đi lại"),
    "medical": _("Hỗ trợ y tế"),
    "legal": _("Trợ giúp pháp lý, giấy tờ"),
    "psychological": _("Hỗ trợ tâm lý"),
    "schooling": _("Hỗ trợ học văn hóa"),
    "vocational": _("Hỗ trợ học nghề"),
    "job": _("Hỗ trợ tìm việc làm"),
    "initial_allowance": _("Trợ cấp khó khăn ban đầu"),
    "loan": _("Hỗ trợ vay vốn"),
    UNKNOWN: _("Hỗ trợ khác (phiên dịch, gọi người thân …)"),
}
LISTED = {"yes": _("Có trong danh sách của chỉ tiêu 508 (Thông tư 04/2024)"), UNKNOWN: _("Hỗ trợ khác")}


def _given(asked: Question) -> QuerySet[Provision]:
    rows = every_row(Provision).filter(outcome=Provision.Outcome.GIVEN, taken_back=False)
    return within_period(rows, "on", asked)


def _given_at_once(asked: Question) -> QuerySet[Provision]:
    return _given(asked).filter(need__phase=Need.Phase.INITIAL)


def _assessed(asked: Question) -> QuerySet[Assessment]:
    return within_period(every_row(Assessment), "on", asked)


def _by_service(asked: Question) -> Choice:
    whens = [When(need__kind__in=kinds, then=Value(service)) for service, kinds in SERVICES.items()]
    return Choice(*whens, default=Value(UNKNOWN), output_field=CharField())


def _by_listed(asked: Question) -> Choice:
    listed = [kind for kinds in SERVICES.values() for kind in kinds]
    return Choice(When(need__kind__in=listed, then=Value("yes")), default=Value(UNKNOWN), output_field=CharField())


def _received_and_supported(asked: Question) -> QuerySet[Case]:
    given = every_row(Provision).filter(case=OuterRef("pk"), outcome=Provision.Outcome.GIVEN, taken_back=False)
    return within_period(every_row(Case), "opened_on", asked, "").filter(Exists(given.filter(on__lte=asked.as_of)))


def _of_support(*, overlaps: bool) -> tuple[Split, ...]:
    needs = values({key: kind.label for key, kind in KINDS.items()})
    return (
        Split("listed", _("Dịch vụ tái hòa nhập cộng đồng"), values(LISTED), _by_listed, overlaps),
        Split("service", _("Loại hỗ trợ"), values(SERVICE_NAMES), _by_service, overlaps),
        by_column("need", _("Nhu cầu được đáp ứng"), needs, "need__kind", overlaps=overlaps),
        *of_people(),
    )


_GIVEN_BY = _("Tính vào ngày ghi đã hỗ trợ xong; dòng ghi nhầm đã rút không tính. Đơn vị là đơn vị hỗ trợ.")
NEED_COUNTS = (
    Count(
        "persons_received_and_supported", _("Người được tiếp nhận đã được hỗ trợ"), PERSON,
        (_("Người được tiếp nhận trong kỳ, đến ngày xét đã được hỗ trợ ít nhất một lần. Tính vào ngày tiếp nhận; đơn vị là đơn vị tiếp nhận."),),
        _received_and_supported, "opened_on", of_people(""), path="", agency="reception__agency",
    ),
    Count(
        "persons_given_initial_support", _("Người được hỗ trợ ban đầu"), PERSON,
        (_("Người được đáp ứng ít nhất một nhu cầu ghi khi tiếp nhận, trong kỳ; mỗi người tính một lần."), _GIVEN_BY),
        _given_at_once, "on", _of_support(overlaps=True),
    ),
    Count(
        "persons_supported", _("Người được hỗ trợ"), PERSON,
        (_("Người được hỗ trợ ít nhất một lần trong kỳ; mỗi người tính một lần, và một lần ở mỗi loại hỗ trợ."), _GIVEN_BY),
        _given, "on", _of_support(overlaps=True),
    ),
    Count(
        "supports_given", _("Lượt hỗ trợ"), TIME, (_("Mỗi lần hỗ trợ xong một nhu cầu là một lượt."), _GIVEN_BY),
        _given, "on", _of_support(overlaps=False), each_row=True,
    ),
    Count(
        "assessments", _("Lượt đánh giá nhu cầu"), TIME,
        (_("Tính vào ngày đánh giá cùng người ấy; đánh giá lại là một lượt nữa. Đơn vị là đơn vị đánh giá."),),
        _assessed, "on", of_people(), each_row=True,
    ),
    Count(
        "applications_decided", _("Đơn đề nghị hỗ trợ đã có quyết định"), _("đơn"),
        (_("Đơn đề nghị hỗ trợ học văn hóa, học nghề, trợ cấp khó khăn ban đầu; tính vào ngày quyết định."),),
        steps_of("application_decided"), "on",
        (
            Split(
                "decision", _("Quyết định"), values(DECISIONS),
                lambda asked: Coalesce(KT("details__decision"), Value(UNKNOWN), output_field=CharField()),
            ),
            *of_people(),
        ),
        each_row=True,
    ),
)  # fmt: skip
