"""What this app itself adds to the pages of cases, their guided reception and their history."""

from django.utils.translation import gettext_lazy as _

from benan.accounts.roles import P
from benan.audit.events import EVENTS
from benan.cases import acts, desk, reception_answers
from benan.cases.counts import CASE_COUNTS
from benan.cases.events import CaseEvent
from benan.cases.extensions import (
    HISTORY,
    LISTS,
    RECEPTION_STEPS,
    TABS,
    CaseTab,
    HistoryLine,
    ListPage,
    ReceptionStep,
)
from benan.cases.procedure import GROUP
from benan.core.clause_pages import ClausePage, clause_pages
from benan.core.counts import COUNTS
from benan.core.desk import PARTS
from benan.core.explanations import EXPLANATIONS, Explanation
from benan.core.navigation import PAGES_OF_PLACES, PLACES, Place

COUNTS.add(*CASE_COUNTS)
EVENTS.add(CaseEvent)
acts.GROUPS.add(GROUP)
PLACES.add(
    Place("cases:search", _("Tiếp nhận"), "intake", place=20, group=0, permissions=(P.CASE_RECEIVE,), on_phone=30),
    Place("cases:list", _("Hồ sơ"), "case", place=30, group=0, permissions=(P.CASE_VIEW,), on_phone=20),
)
PAGES_OF_PLACES.add(("cases:", "cases:list"), ("cases:receive", "cases:search"), ("cases:paper", ""))
PARTS.add(desk.desk_part)
TABS.add(CaseTab("cases:case", _("Diễn biến"), place=10), CaseTab("cases:access_log", _("Ai đã xem"), place=90))
RECEPTION_STEPS.add(
    ReceptionStep("cases:search", _("Tìm trước khi tạo"), place=10),
    ReceptionStep("cases:receive", _("Cách đến"), place=20, answers=reception_answers.arrival),
    ReceptionStep(
        "cases:guardianship",
        _("Người chưa đủ 18 tuổi"),
        place=40,
        done_by=frozenset({"guardianship"}),
        minors_only=True,
        answers=reception_answers.guardianship,
    ),
    ReceptionStep(
        "cases:companions",
        _("Người đi cùng"),
        place=50,
        done_by=frozenset({"companion", "came_alone"}),
        once=True,
        answers=reception_answers.companions,
    ),
    ReceptionStep(
        "cases:who",
        _("Danh tính (nếu người ấy muốn nói)"),
        place=60,
        done_by=frozenset({"identity", "identity_declined"}),
        answers=reception_answers.who,
    ),
    ReceptionStep(
        "cases:words",
        _("Lời của người ấy"),
        place=70,
        done_by=frozenset({"words", "words_declined"}),
        answers=reception_answers.own_words,
    ),
    ReceptionStep(
        "cases:rights",
        _("Quyền đã giải thích"),
        place=80,
        done_by=frozenset({"rights"}),
        answers=reception_answers.rights,
    ),
    ReceptionStep(
        "cases:review", _("Xem lại và báo cấp huyện"), place=100, done_by=frozenset({"notify_labour"}), once=True
    ),
)
EXPLANATIONS.add(
    Explanation(
        "cases:search",
        _(
            "Tìm trước khi lập hồ sơ, vì một người chỉ có một hồ sơ trong toàn tỉnh. Chưa biết gì về người ấy vẫn tiếp nhận được ngay."
        ),
    ),
    Explanation(
        "cases:review",
        _("Nút “Sửa” dẫn về bước đã ghi rồi trở lại trang này. Còn bước chưa ghi vẫn báo được Phòng LĐ-TB&XH."),
    ),
    Explanation(
        "cases:case",
        _(
            "Trang này cho biết bước tiếp theo, ai làm và hạn nào. Bấm tên từng phần ở dưới để xem các phần khác của hồ sơ."
        ),
    ),
)
LISTS.add(ListPage("cases:list", _("Hồ sơ")), ListPage("cases:find", _("Tìm hồ sơ theo mã, bí danh")))
HISTORY.add(
    HistoryLine("identity", _("Ghi danh tính"), after_end=True),
    HistoryLine("facts", _("Ghi thông tin về người ấy"), after_end=True),
    HistoryLine("correct_fact", _("Sửa thông tin đã ghi"), after_end=True),
    HistoryLine("words", _("Ghi lời của người ấy"), after_end=True),
    HistoryLine("rights", _("Đã giải thích quyền")),
    HistoryLine("companion", _("Ghi người đi cùng")),
    HistoryLine("came_alone", _("Không có ai đi cùng")),
    HistoryLine("identity_declined", _("Người ấy chưa muốn nói mình là ai")),
    HistoryLine("words_declined", _("Người ấy chưa muốn kể")),
    HistoryLine("guardianship", _("Hỏi về gia đình và ghi người đại diện")),
    HistoryLine("child_protection_result", _("Ghi kết quả can thiệp cho trẻ em")),
    HistoryLine("came_along", _("Đến cùng người khai là nạn nhân")),
    HistoryLine("entrusted", _("Báo Phòng LĐ-TB&XH cùng người khai")),
    HistoryLine("remark", _("Ghi thêm"), after_end=True, words_only=True),
    HistoryLine("closed", _("Kết thúc hồ sơ"), after_end=True),
    HistoryLine("assign", _("Thêm đơn vị cùng phụ trách")),
    HistoryLine("put_in_charge", _("Giao cán bộ phụ trách")),
    HistoryLine("join", _("Ghép với hồ sơ khác của cùng một người")),
    HistoryLine("came_back", _("Người ấy trở lại, được tiếp nhận trong hồ sơ mới"), after_end=True),
    HistoryLine("unjoin", _("Tách hai hồ sơ đã ghép nhầm")),
    HistoryLine("set_aside", _("Không tính dòng này nữa khi ghép hoặc tách hồ sơ")),
    HistoryLine("reopened", _("Mở lại hồ sơ kết thúc nhầm")),
    HistoryLine("erasure_asked", _("Đề nghị xóa vĩnh viễn danh tính"), after_end=True),
    HistoryLine("erasure_withdrawn", _("Rút đề nghị xóa vĩnh viễn danh tính"), after_end=True),
    HistoryLine("erasure_declined", _("Không đồng ý xóa danh tính"), after_end=True),
    HistoryLine("identity_erased", _("Đã xóa vĩnh viễn danh tính"), after_end=True),
)
clause_pages.add(
    ClausePage("reception", "cases:search", _("Tiếp nhận"), order=10, permission=P.CASE_RECEIVE),
    ClausePage("cases", "cases:list", _("Hồ sơ"), order=11),
)
