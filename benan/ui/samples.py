"""What the page of component states shows: every part in every state, with people who do not exist."""

import datetime as dt
from typing import Any

from django import forms as django_forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benan.ui import forms

TODAY = dt.date(2017, 11, 9)


class Handover(forms.Form):
    """A form with every kind of field, for looking at."""

    danger = forms.ChoiceCards(
        label=_("Ngay lúc này, người ấy có đang gặp nguy hiểm không?"),
        help_text=_("Có người đi theo, đe dọa, đang tìm; bị thương; nói đến việc làm hại bản thân."),
        choices=[("yes", _("Có")), ("no", _("Không")), ("unknown", _("Chưa rõ"))],
        columns=3,
    )
    needs = forms.MultiChoiceCards(
        label=_("Tối nay người ấy cần gì?"),
        help_text=_("Hỏi, đừng đoán. Người ấy có quyền từ chối từng thứ."),
        choices=[
            ("food", forms.Option(_("Ăn, uống"), icon="bowl")),
            ("bed", forms.Option(_("Chỗ nghỉ"), icon="bed")),
            ("health", forms.Option(_("Khám, sơ cứu"), icon="med", hint=_("Kể cả khi chưa có giấy tờ."))),
            ("nothing", forms.Option(_("Không cần gì thêm"), icon="none")),
        ],
        columns=2,
        required=False,
    )
    day = forms.DayField(label=_("Ngày tiếp nhận"), help_text=_("Ngày/tháng/năm, ví dụ 09/11/2017."))
    to = django_forms.ChoiceField(
        label=_("Đơn vị nhận bàn giao"),
        choices=[("", _("Chọn đơn vị")), ("shelter", _("Trung tâm bảo trợ xã hội"))],
        error_messages={"required": _("Chọn nơi sẽ đón người này.")},
    )
    note = forms.TextField(
        label=_("Ghi chú bàn giao"),
        help_text=_("Không ghi họ tên, địa chỉ. Dùng bí danh."),
        rows=3,
        max_length=400,
        required=False,
    )
    agreed = django_forms.BooleanField(label=_("Người ấy đồng ý"), help_text=_("Đã đọc cho nghe từng điều."))


class Purpose(forms.Form):
    """What opening an identity asks."""

    purpose = django_forms.ChoiceField(label=_("Mục đích"), choices=[("family", _("Liên hệ gia đình"))])
    fields_wanted = django_forms.ChoiceField(
        label=_("Cần xem"), choices=[("kin", _("Họ tên và điện thoại người thân"))]
    )


def sample_context() -> dict:
    """Everything the template ui/components.html needs."""
    return {
        "clocks": [
            ("later", _("Còn 12 ngày"), 8, 20),
            ("soon", _("Còn 1 ngày"), 19, 20),
            ("today", _("Hôm nay"), 20, 20),
            ("overdue", _("Quá hạn 2 ngày"), 22, 20),
            ("none", _("Tạm dừng"), 8, 20),
            ("none", _("12 ngày, không có thời hạn luật định"), 0, 0),
            ("done", _("Xong trước 1 ngày"), 19, 20),
            ("later", _("Còn 39 ngày"), 21, 60),
            ("overdue", _("Quá hạn 40 ngày"), 43, 3),
            ("danger", _("Có nguy hiểm, từ %(day)s") % {"day": "09/11/2017"}, 0, 0),
        ],
        "kinds": [
            ("victim", _("Nạn nhân")),
            ("pending", _("Chờ xác minh")),
            ("minor", _("Chưa thành niên đi cùng")),
            ("relative", _("Người thân thích")),
            ("other", _("Không phải nạn nhân")),
        ],
        "people": [
            _case("Bằng Lăng", "leaf"), _case("Tràm", "tree"), _case("Súng", "lotus"), _case("Sim", "flower"),
            _case("Cỏ May", "grass", in_danger_since=TODAY),
        ],
        "tasks": [_overdue(), _today(), _soon(), _later()],
        "days": [_day(i) for i in range(14)],
        "streams": _streams(),
        "step": {
            "what": _("Công an huyện Trảng Bom trả lời bằng văn bản kết quả xác minh"),
            "state": "today", "clock": _("Hạn hôm nay 09/11/2017"), "gone": 20, "total": 20,
            "law": _("ngày 20/20 · Luật 66/2011, Điều 24 · người phụ trách: đ/c Dũng"), "unverified": True,
            "meanwhile": _("Việc trong lúc chờ: duy trì nhu cầu thiết yếu."),
            "actions": [
                {"label": _("Ghi nhận trả lời"), "url": "#", "usual": True},
                {"label": _("Gửi nhắc"), "url": "#", "icon": "bell"},
            ],
        },
        "steps": _steps(),
        "tabs": [
            {"label": _("Diễn biến"), "url": "#", "current": True},
            {"label": _("Nhu cầu, hỗ trợ"), "url": "#", "current": False},
            {"label": _("Bảo vệ"), "url": "#", "current": False},
            {"label": _("Giấy tờ"), "url": "#", "current": False},
            {"label": _("Ai đã xem"), "url": "#", "current": False},
        ],
        "needs": [
            [_("Ăn, ở, đồ dùng"), _("Trung tâm bảo trợ"), _("đang nhận"), _("NĐ 09/2013, Điều 19")],
            [_("Khám sức khỏe"), _("Bệnh viện huyện"), _("xong 21/10"), _("Luật 66/2011, Điều 34")],
            [_("Học nghề"), _("chờ xác nhận nạn nhân"), _("chưa đến lượt"), _("Luật 66/2011, Điều 37")],
        ],
        "facts": [(_("Quản lý ca"), "Trần Minh Hạnh"), (_("Xác minh"), _("Công an huyện, đ/c Dũng"))],
        "flow": [
            {"label": _("Tìm trước khi tạo"), "url": "#", "done": True, "current": False},
            {"label": _("An toàn và nhu cầu ngay"), "url": "#", "done": False, "current": True},
            {"label": _("Danh tính (nếu người ấy muốn nói)"), "url": "", "done": False, "current": False},
            {"label": _("Xem lại và báo cấp huyện"), "url": "", "done": False, "current": False},
        ],
        "missing": [{"url": "#", "label": _("Tràm, chưa được hỗ trợ đủ")}, {"url": "#", "label": _("Phượng, chưa được hỗ trợ đủ")}],
        "duties": ["done", "done", "going", "going", "soon", "late", "later", "none"],
        "told": _notices(),
        "called": [
            {"label": word, "url": "#", "current": word == "chị"} for word in ("chị", "anh", "em", "cô")
        ],
        "opened": [(_("Họ tên"), "Người Giả Lập"), (_("Người thân"), _("Mẹ, 0900 000 000"))],
        "purpose": Purpose(auto_id="mau_%s"),
        "form": Handover({"day": "31/02/2017", "note": _("Sen dị ứng hải sản"), "needs": ["food"]}),
    }  # fmt: skip


def _notices() -> list[dict[str, Any]]:
    sent = {
        "title": _("Đã gửi công văn đề nghị xác minh."),
        "text": _("Công an huyện nhận lúc 09:12. Hạn trả lời 29/11/2017."),
    }
    elsewhere = {
        "title": _("Có thể người này đã có hồ sơ ở đơn vị khác."),
        "text": _("Liên hệ đơn vị quản lý trước khi tạo mới."),
    }
    offline = {
        "title": _("Mất kết nối mạng, vẫn làm tiếp được."),
        "text": _("Nội dung đã nhập vẫn còn trên trang này."),
    }
    unsigned = {"title": _("Xem được, nhưng chưa ký được."), "text": _("Biên bản này do lãnh đạo Phòng ký.")}
    plain = {"tone": "", "icon": "", "url": "", "link": ""}
    return [
        plain | sent | {"tone": "success", "url": "#", "link": _("Xem bản gửi")},
        plain | elsewhere,
        plain | offline | {"tone": "offline"},
        plain | unsigned | {"tone": "quiet", "icon": "lock", "url": "#", "link": _("Gửi trình ký")},
    ]


def _steps() -> list[dict[str, Any]]:
    centre, officer = _("Trung tâm bảo trợ"), "Trần Minh Hạnh"
    look = {"what": _("Mở danh tính"), "more": _("để liên hệ gia đình"), "who": centre, "kind": "look"}
    reminder = {"what": _("Nhắc Công an huyện"), "more": _("về kết quả xác minh"), "who": officer, "kind": "waiting"}
    talk = {"what": _("Tham vấn tâm lý"), "more": _("lần 2, hẹn lần 3 vào 16/11"), "who": centre}
    letter = {"corrected": _("Gửi công văn số 241"), "what": _("Gửi công văn số 214"), "who": officer}
    return [
        {"at": _moment(9, 8, 5), **reminder},
        {"at": _moment(8, 16, 40), **look},
        {"at": _moment(2, 10, 30), **talk},
        {"day": dt.date(2017, 10, 20), **letter},
    ]


def _task(
    state: str, clock: str | Promise, what: str | Promise, law: str | Promise, action: str | Promise, **more: object
) -> dict[str, Any]:
    return {"state": state, "clock": clock, "what": what, "law": law, "action": action, "action_url": "#", **more}


def _case(alias: str, emblem: str, code: str = "ĐN-17-0042", **more: object) -> dict[str, Any]:
    return {"alias": alias, "shown_code": code, "emblem": emblem, **more}


def _person(alias: str, code: str, emblem: str, kind: str, label: str | Promise) -> dict[str, Any]:
    return {"case": _case(alias, emblem, code), "url": "#", "kind": kind, "kind_label": label}


def _overdue() -> dict[str, Any]:
    person = _person("Bằng Lăng", "ĐN-16-0089", "leaf", "victim", _("Nạn nhân"))
    law = _("hạn 07/11 · 05 ngày làm việc · NĐ 09/2013, Điều 23")
    what, action = _("Thẩm định đơn đề nghị học nghề"), _("Thẩm định")
    return _task("overdue", _("Quá hạn 2 ngày"), what, law, action, gone=7, total=5, unverified=True, **person)


def _today() -> dict[str, Any]:
    person = _person("Cỏ May", "ĐN-17-0117", "grass", "pending", _("Chờ xác minh"))
    law = _("hạn 09/11 · 03 ngày từ 06/11 · Luật 66/2011, Điều 24")
    what, action = _("Gửi Công an huyện văn bản đề nghị xác minh"), _("Soạn văn bản")
    return _task("today", _("Hôm nay"), what, law, action, gone=3, total=3, **person)


def _soon() -> dict[str, Any]:
    person = _person("Tràm", "ĐN-16-0021", "tree", "victim", _("Nạn nhân"))
    law = _("hạn 10/11 · 03 ngày làm việc · NĐ 09/2013, Điều 23")
    what, action = _("Trình hồ sơ trợ cấp khó khăn ban đầu"), _("Trình")
    return _task("soon", _("Còn 1 ngày"), what, law, action, gone=2, total=3, **person)


def _later() -> dict[str, Any]:
    law = _("chậm nhất 14/11 · “trước ngày 15/11” · KH 12089, mục VI.1")
    return _task("later", _("Còn 5 ngày"), _("Nộp báo cáo năm 2017 của huyện"), law, _("Mở báo cáo"))


def _day(i: int) -> dict[str, Any]:
    day = TODAY + dt.timedelta(days=i)
    count = {0: 3, 1: 1, 4: 1, 5: 2, 11: 5}.get(i, 0)
    return {"date": day, "off": day.weekday() > 4, "today": i == 0, "count": count}


def _moment(day: int, hour: int, minute: int) -> dt.datetime:
    return dt.datetime(2017, 11, day, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def _streams() -> list[dict[str, Any]]:
    def stream(label: str | Promise, *stations: tuple[str | Promise, str, str | Promise]) -> dict[str, Any]:
        shown = [{"key": name, "label": name, "state": state, "under": under} for name, state, under in stations]
        return {"key": label, "label": label, "stations": shown}

    return [
        stream(
            _("Xác minh"),
            (_("Tiếp nhận"), "done", "17/10"),
            (_("Báo huyện"), "done", "17/10"),
            (_("Đề nghị xác minh"), "done", "20/10"),
            (_("Công an xác minh"), "here", _("ngày 20/20 · hôm nay")),
            (_("Trả lời bằng văn bản"), "ahead", ""),
        ),
        stream(
            _("Bảo vệ"),
            (_("Hỏi nguy cơ"), "done", "18/10"),
            (_("Giữ bí mật nơi ở"), "here", _("đang áp dụng")),
            (_("Rà soát lại"), "ahead", "18/11"),
            (_("Chấm dứt biện pháp"), "ahead", ""),
        ),
        stream(
            _("Hỗ trợ"),
            (_("Nhu cầu thiết yếu"), "done", "17/10"),
            (_("Khám sức khỏe"), "done", "21/10"),
            (_("Lưu trú tại cơ sở"), "here", _("ngày 21/60")),
            (_("Về nơi cư trú"), "ahead", ""),
            (_("Hòa nhập"), "ahead", ""),
        ),
        stream(_("Tố tụng"), (_("Tin báo"), "ahead", ""), (_("Khởi tố"), "ahead", ""), (_("Xét xử"), "ahead", "")),
    ]
