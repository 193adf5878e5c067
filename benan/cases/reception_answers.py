"""What was answered on the pages of the guided reception, for its review: (question, answer), the answer "" where there is none.

Of what is sealed no more is said than that it was recorded.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.cases import history
from benan.cases.models import Case, Step
from benan.core.days import show
from benan.places import queries as places
from benan.vault import access
from benan.vault.access import FIELDS, Field

Answers = list[tuple[str, str]]
LANGUAGES = (
    ("vi", gettext_lazy("Tiếng Việt")),
    ("interpreter", gettext_lazy("Qua phiên dịch")),
    ("sign", gettext_lazy("Ngôn ngữ ký hiệu")),
)


def arrival(case: Case) -> Answers:
    """How, when and where the person arrived."""
    came = case.reception
    hour = f"{came.came_at:%H:%M}, " if came.came_at else ""
    told = show(came.first_told_on) if came.first_told_on else ""
    return [
        (_("Đến bằng cách nào"), came.get_channel_display()),
        (_("Ngày, giờ đến"), f"{hour}{show(came.came_on)}"),
        (_("Nơi tiếp nhận"), places.path(came.area_code, came.came_on)),
        (_("Trở về từ nước"), places.country_name(came.from_country)),
        *([(_("Ngày khai báo ở nơi đầu tiên"), told)] if told else []),
    ]


def guardianship(case: Case) -> Answers:
    """What was said of the family, and who represents."""
    said = case.guardianships.first()
    return [
        (_("Người thân có phải người gây hại không"), said.get_harm_display() if said else ""),
        (_("Người đại diện"), said.get_representative_display() if said and said.representative else ""),
    ]


def companions(case: Case) -> Answers:
    """Who came along."""
    rows = _lines(case, "companion", "came_alone")
    kinds = [str(Case.Kind(row.details["kind"]).label) for row in rows if row.key == "companion"]
    alone = _("Không có ai đi cùng") if any(row.key == "came_alone" for row in rows) else ""
    return [(_("Người đi cùng"), ", ".join(kinds) or alone)]


def who(case: Case) -> Answers:
    """Who the person is: what is in clear, and which fields are sealed."""
    known = access.known_fields(case.person_id)
    sealed = [str(label) for field, label in FIELDS.items() if field in known and field != Field.OWN_WORDS]
    declined = _("Người ấy chưa muốn nói") if _lines(case, "identity_declined") else ""
    lives_here = {True: _("Có"), False: _("Không"), None: ""}[case.resides_here]
    return [
        (
            _("Danh tính"),
            _("Đã ghi, hạn chế tiếp cận: %(fields)s") % {"fields": ", ".join(sealed)} if sealed else declined,
        ),
        (_("Giới tính"), case.get_sex_display() if case.sex else ""),
        (_("Tuổi vào ngày đến"), case.get_age_class_display() if case.age_class else ""),
        (_("Quốc tịch"), case.get_nationality_display() if case.nationality else ""),
        (_("Cư trú trong tỉnh"), lives_here),
        (_("Dân tộc"), places.ethnic_group_name(case.ethnic_code)),
    ]


def own_words(case: Case) -> Answers:
    """Whether the person told, in their own words."""
    if Field.OWN_WORDS in access.known_fields(case.person_id):
        return [(_("Lời của người ấy"), _("Đã ghi, hạn chế tiếp cận"))]
    return [(_("Lời của người ấy"), _("Người ấy chưa muốn kể") if _lines(case, "words_declined") else "")]


def rights(case: Case) -> Answers:
    """When the rights were explained, and in which language."""
    rows = _lines(case, "rights")
    if not rows:
        return [(_("Đã giải thích quyền"), "")]
    language = dict(LANGUAGES).get(rows[-1].details.get("language", ""), "")
    return [(_("Đã giải thích quyền"), ", ".join(filter(None, [show(rows[-1].on), str(language)])))]


def _lines(case: Case, *keys: str) -> list[Step]:
    return list(history.current(case).filter(key__in=keys).order_by("pk"))
