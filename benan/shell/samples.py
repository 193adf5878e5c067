"""What the page of component states shows: every part in every state, with people who do not exist."""

import datetime as dt

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from benan.core import forms

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
    """Everything the template shell/components.html needs."""
    return {
        "clocks": [
            ("con", _("Còn 12 ngày"), 8, 20),
            ("sap", _("Còn 1 ngày"), 19, 20),
            ("nay", _("Hôm nay"), 20, 20),
            ("qua", _("Quá 2 ngày"), 22, 20),
            ("dung", _("Tạm dừng"), 8, 20),
            ("dung", _("12 ngày, không có hạn luật"), 0, 0),
            ("xong", _("Xong trước 1 ngày"), 19, 20),
            ("con", _("Còn 39 ngày"), 21, 60),
            ("qua", _("Quá 40 ngày"), 43, 3),
            ("nguy", _("Có nguy hiểm, từ %(day)s") % {"day": "09/11/2017"}, 0, 0),
        ],
        "kinds": [
            ("victim", _("Nạn nhân")),
            ("pending", _("Chờ xác minh")),
            ("minor", _("Chưa thành niên đi cùng")),
            ("relative", _("Người thân thích")),
            ("other", _("Không phải nạn nhân")),
        ],
        "people": [
            _file("Bằng Lăng", "leaf"), _file("Tràm", "tree"), _file("Súng", "lotus"), _file("Sim", "flower"),
            _file("Cỏ May", "grass", in_danger_since=TODAY),
        ],
        "tasks": [_overdue(), _today(), _soon(), _later()],
        "days": [_day(i) for i in range(14)],
        "streams": _streams(),
        "step": {
            "what": _("Công an huyện Trảng Bom trả lời bằng văn bản kết quả xác minh"),
            "state": "nay", "clock": _("Hạn hôm nay 09/11/2017"), "gone": 20, "total": 20,
            "law": _("ngày 20/20 · Luật 66/2011, Điều 24 · người phụ trách: đ/c Dũng"), "unverified": True,
            "meanwhile": _("Việc trong lúc chờ: duy trì nhu cầu thiết yếu."),
            "actions": [
                {"label": _("Ghi nhận trả lời"), "url": "#"},
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
            {"label": _("Người ấy là ai (nếu muốn nói)"), "url": "", "done": False, "current": False},
            {"label": _("Xem lại và báo lên huyện"), "url": "", "done": False, "current": False},
        ],
        "missing": [{"url": "#", "label": _("Tràm, còn thiếu")}, {"url": "#", "label": _("Phượng, còn thiếu")}],
        "duties": ["done", "done", "going", "going", "soon", "late", "later"],
        "called": [
            {"label": word, "url": "#", "current": word == "chị"} for word in ("chị", "anh", "em", "cô")
        ],
        "opened": [(_("Họ tên"), "Người Giả Lập"), (_("Người thân"), _("Mẹ, 0900 000 000"))],
        "purpose": Purpose(auto_id="mau_%s"),
        "form": Handover({"day": "31/02/2017", "note": _("Sen dị ứng hải sản"), "needs": ["food"]}),
    }  # fmt: skip


def _steps():
    centre, officer = _("Trung tâm bảo trợ"), "Trần Minh Hạnh"
    look = {"what": _("Mở danh tính"), "more": _("để liên hệ gia đình"), "who": centre, "kind": "xem"}
    reminder = {"what": _("Nhắc Công an huyện"), "more": _("về kết quả xác minh"), "who": officer, "kind": "cho"}
    talk = {"what": _("Tham vấn tâm lý"), "more": _("lần 2, hẹn lần 3 vào 16/11"), "who": centre}
    letter = {"corrected": _("Gửi công văn số 241"), "what": _("Gửi công văn số 214"), "who": officer}
    return [
        {"at": _moment(9, 8, 5), **reminder},
        {"at": _moment(8, 16, 40), **look},
        {"at": _moment(2, 10, 30), **talk},
        {"day": dt.date(2017, 10, 20), **letter},
    ]


def _task(state, clock, what, law, action, **more):
    return {"state": state, "clock": clock, "what": what, "law": law, "action": action, "action_url": "#", **more}


def _file(alias, emblem, code="ĐN-17-0042", **more):
    return {"alias": alias, "shown_code": code, "emblem": emblem, **more}


def _person(alias, code, emblem, kind, label):
    return {"file": _file(alias, emblem, code), "url": "#", "kind": kind, "kind_label": label}


def _overdue():
    person = _person("Bằng Lăng", "ĐN-16-0089", "leaf", "victim", _("Nạn nhân"))
    law = _("hạn 07/11 · 05 ngày làm việc · NĐ 09/2013, Điều 23")
    what, action = _("Thẩm định đơn đề nghị học nghề"), _("Thẩm định")
    return _task("qua", _("Quá 2 ngày"), what, law, action, gone=7, total=5, unverified=True, **person)


def _today():
    person = _person("Cỏ May", "ĐN-17-0117", "grass", "pending", _("Chờ xác minh"))
    law = _("hạn 09/11 · 03 ngày từ 06/11 · Luật 66/2011, Điều 24")
    what, action = _("Gửi Công an huyện văn bản đề nghị xác minh"), _("Soạn văn bản")
    return _task("nay", _("Hôm nay"), what, law, action, gone=3, total=3, **person)


def _soon():
    person = _person("Tràm", "ĐN-16-0021", "tree", "victim", _("Nạn nhân"))
    law = _("hạn 10/11 · 03 ngày làm việc · NĐ 09/2013, Điều 23")
    what, action = _("Trình hồ sơ trợ cấp khó khăn ban đầu"), _("Trình")
    return _task("sap", _("Còn 1 ngày"), what, law, action, gone=2, total=3, **person)


def _later():
    law = _("chậm nhất 14/11 · “trước ngày 15/11” · KH 12089, mục VI.1")
    return _task("con", _("Còn 5 ngày"), _("Nộp báo cáo năm 2017 của huyện"), law, _("Mở báo cáo"))


def _day(i):
    day = TODAY + dt.timedelta(days=i)
    count = {0: 3, 1: 1, 4: 1, 5: 2, 11: 5}.get(i, 0)
    return {"date": day, "off": day.weekday() > 4, "today": i == 0, "count": count}


def _moment(day, hour, minute):
    return dt.datetime(2017, 11, day, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def _streams():
    def stream(label, *stations):
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
            (_("Giữ kín nơi ở"), "here", _("đang áp dụng")),
            (_("Rà soát lại"), "ahead", "18/11"),
            (_("Thôi áp dụng"), "ahead", ""),
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
