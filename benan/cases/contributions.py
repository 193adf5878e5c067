"""What this app itself adds to the pages of cases, their guided reception and their history."""

from django.utils.translation import gettext_lazy as _

from benan.accounts.roles import P
from benan.audit.events import EVENTS
from benan.cases import acts, desk
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
from benan.core.desk import PARTS
from benan.core.navigation import PAGES_OF_PLACES, PLACES, Place

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
    ReceptionStep("cases:receive", _("Đến thế nào"), place=20),
    ReceptionStep(
        "cases:guardianship",
        _("Người chưa đủ 18 tuổi"),
        place=40,
        done_by=frozenset({"guardianship"}),
        minors_only=True,
    ),
    ReceptionStep(
        "cases:companions", _("Ai đi cùng"), place=50, done_by=frozenset({"companion", "came_alone"}), once=True
    ),
    ReceptionStep(
        "cases:who", _("Người ấy là ai (nếu muốn nói)"), place=60, done_by=frozenset({"identity", "identity_declined"})
    ),
    ReceptionStep("cases:words", _("Lời của người ấy"), place=70, done_by=frozenset({"words", "words_declined"})),
    ReceptionStep("cases:rights", _("Quyền đã giải thích"), place=80, done_by=frozenset({"rights"})),
    ReceptionStep(
        "cases:review", _("Xem lại và báo lên huyện"), place=100, done_by=frozenset({"notify_labour"}), once=True
    ),
)
LISTS.add(ListPage("cases:list", _("Hồ sơ")), ListPage("cases:find", _("Tìm hồ sơ theo mã, bí danh")))
HISTORY.add(
    HistoryLine("identity", _("Ghi danh tính"), after_end=True),
    HistoryLine("facts", _("Ghi điều đã biết về người ấy"), after_end=True),
    HistoryLine("correct_fact", _("Sửa điều đã ghi"), after_end=True),
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
    HistoryLine("remark", _("Ghi thêm"), after_end=True),
    HistoryLine("closed", _("Kết thúc hồ sơ"), after_end=True),
    HistoryLine("assign", _("Giao người phụ trách")),
    HistoryLine("join", _("Ghép với hồ sơ khác của cùng một người")),
    HistoryLine("came_back", _("Người ấy trở lại, tiếp nhận trong hồ sơ mới"), after_end=True),
    HistoryLine("unjoin", _("Tách hai hồ sơ đã ghép nhầm")),
    HistoryLine("set_aside", _("Thôi tính dòng này khi ghép hoặc tách hồ sơ")),
    HistoryLine("reopened", _("Mở lại hồ sơ kết thúc nhầm")),
    HistoryLine("erasure_asked", _("Đề nghị xóa vĩnh viễn danh tính"), after_end=True),
    HistoryLine("erasure_withdrawn", _("Rút đề nghị xóa vĩnh viễn danh tính"), after_end=True),
    HistoryLine("erasure_declined", _("Không đồng ý xóa danh tính"), after_end=True),
    HistoryLine("identity_erased", _("Đã xóa vĩnh viễn danh tính"), after_end=True),
)
clause_pages.add(
    ClausePage(
        "cases:search",
        _("Tiếp nhận"),
        order=10,
        plan="12089/KH-UBND",
        clauses=("III.4.a", "III.4.d", "III.4.e"),
        permission=P.CASE_RECEIVE,
    ),
    ClausePage(
        "cases:list",
        _("Hồ sơ"),
        order=11,
        plan="12089/KH-UBND",
        clauses=("II.3.a", "III.4.a", "III.4.d", "III.4.e", "V.1.e", "V.1.g"),
    ),
)
