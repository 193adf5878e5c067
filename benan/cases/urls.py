"""Addresses of receiving people and of cases."""

from django.urls import path

from benan.cases.views import calendar, cases, closing, erasures, identities, minors, receptions

app_name = "cases"
urlpatterns = [
    path("tiep-nhan/", receptions.search, name="search"),
    path("tiep-nhan/moi/", receptions.receive, name="receive"),
    path("tiep-nhan/phieu-giay/", receptions.paper, name="paper"),
    path("luat/sua-ngay/", calendar.correct, name="correct_official_day"),
    path("ho-so/", cases.show_list, name="list"),
    path("ho-so/tai-ve/", cases.export_list, name="export_list"),
    path("ho-so/tim/", cases.find, name="find"),
    path("ho-so/<code:code>/", cases.show, name="case"),
    path("ho-so/<code:code>/ai-da-xem/", cases.access_log_page, name="access_log"),
    path("ho-so/<code:code>/ghi-them/", cases.remark, name="remark"),
    path("ho-so/<code:code>/giao-viec/", cases.assign, name="assign"),
    path("ho-so/<code:code>/can-bo-phu-trach/", cases.put_in_charge, name="put_in_charge"),
    path("ho-so/<code:code>/sua-ngay/<int:step>/", cases.correct_day, name="correct_day"),
    path("ho-so/<code:code>/ghep/", cases.join, name="join"),
    path("ho-so/<code:code>/tach/", cases.unjoin, name="unjoin"),
    path("ho-so/<code:code>/xoa-danh-tinh/", erasures.ask, name="ask_erasure"),
    path("ho-so/<code:code>/xoa-danh-tinh/rut/", erasures.withdraw, name="withdraw_erasure"),
    path("ho-so/<code:code>/xoa-danh-tinh/quyet-dinh/", erasures.decide, name="decide_erasure"),
    path("ho-so/<code:code>/tro-lai/", receptions.come_back, name="come_back"),
    path("ho-so/<code:code>/danh-tinh/", identities.reveal, name="reveal"),
    path("ho-so/<code:code>/tiep-nhan/nguoi-ay/", receptions.who, name="who"),
    path("ho-so/<code:code>/tiep-nhan/di-cung/", receptions.companions, name="companions"),
    path("ho-so/<code:code>/tiep-nhan/duoi-18-tuoi/", minors.guardianship, name="guardianship"),
    path("ho-so/<code:code>/tiep-nhan/bao-ve-tre-em/", minors.child_protection, name="child_protection"),
    path("ho-so/<code:code>/tiep-nhan/loi-ke/", receptions.words, name="words"),
    path("ho-so/<code:code>/tiep-nhan/quyen/", receptions.rights, name="rights"),
    path("ho-so/<code:code>/tiep-nhan/xem-lai/", receptions.review, name="review"),
    path("ho-so/<code:code>/ket-thuc/", closing.close, name="close"),
    path("ho-so/<code:code>/mo-lai/", closing.reopen, name="reopen"),
]
