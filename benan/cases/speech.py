"""Sentences for an officer to say to the person, with the Vietnamese form of address for their age and sex."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benan.cases.models import Case

SAFE = gettext_lazy(
    "Ở đây %(you)s an toàn. %(You)s có thể nghỉ, uống nước, và dừng lúc nào cũng được. %(You)s không phải kể chuyện đã "
    "xảy ra. Tôi chỉ hỏi để biết lúc này %(you)s cần gì."
)
NAME = gettext_lazy(
    "%(You)s muốn tôi gọi là gì cũng được. %(You)s chỉ nói điều mình muốn nói, và dừng lúc nào cũng được."
)
# Luật 66/2011, Điều 6, 30, 31, 32 and Nghị định 62/2012, Điều 3, in words for people.
RIGHTS = (
    gettext_lazy("%(You)s không có lỗi. %(You)s có quyền được giữ kín chuyện của mình và nơi ở của mình."),
    gettext_lazy("%(You)s được lo ăn, ở, quần áo, đồ dùng cần thiết ngay bây giờ, kể cả khi chưa xác minh."),
    gettext_lazy("%(You)s có quyền yêu cầu được bảo vệ, cả người thân của mình; %(you)s cũng có quyền từ chối."),
    gettext_lazy("%(You)s có thể dừng lại lúc nào cũng được, và chọn nói hay không nói từng điều."),
    gettext_lazy(
        "Khi được xác định là nạn nhân, %(you)s được hỗ trợ y tế, tâm lý, pháp lý, học, học nghề, trợ cấp theo luật."
    ),
    gettext_lazy("%(You)s có quyền đòi bồi thường và được hỗ trợ khi làm việc với cơ quan pháp luật."),
)


def worded_for(case: Case | None, words: str | Promise) -> str:
    """A sentence of this module with the form of address for the person; without a case, one for anybody."""
    you = _address(case)
    return str(words) % {"you": you, "You": you.capitalize()}


def rights(case: Case | None = None) -> list[str]:
    """The sentences that explain the rights to the person; without a case, to anybody."""
    return [worded_for(case, words) for words in RIGHTS]


def _address(case: Case | None) -> str:
    if case is None:
        return _("anh chị")
    if case.is_known_minor:
        return _("em")
    by_sex: dict[str, str] = {Case.Sex.FEMALE: _("chị"), Case.Sex.MALE: _("anh")}
    return by_sex.get(case.sex, _("anh chị"))
