"""Addresses of needs, support, protection and the way home."""

from django.urls import path

from benan.support.views import homeward, needs, safety

app_name = "support"
urlpatterns = [
    path("chuyen-tuyen/", homeward.referrals, name="referrals"),
    path("ho-so/<code:code>/tiep-nhan/an-toan/", needs.now, name="now"),
    path("ho-so/<code:code>/tiep-nhan/da-trao/", needs.given, name="given"),
    path("ho-so/<code:code>/nhu-cau/", needs.listing, name="needs"),
    path("ho-so/<code:code>/nhu-cau/danh-gia/", needs.assess, name="assess"),
    path("ho-so/<code:code>/nhu-cau/dieu-da-biet/<str:name>/", needs.fact, name="fact"),
    path("ho-so/<code:code>/nhu-cau/don-de-nghi/", needs.apply, name="apply"),
    path("ho-so/<code:code>/nhu-cau/don-de-nghi/<str:act>/", needs.application, name="application"),
    path("ho-so/<code:code>/nhu-cau/<int:need>/", needs.provide, name="provide"),
    path("ho-so/<code:code>/ho-tro/<int:provision>/rut/", needs.take_back, name="take_back"),
    path("bao-nguy/<int:notice>/", safety.notice, name="notice"),
    path("ho-so/<code:code>/bao-ve/", safety.show, name="safety"),
    path("ho-so/<code:code>/bao-ve/<slug:act>/", safety.act, name="safety_act"),
    path("ho-so/<code:code>/ve-nha/", homeward.show, name="homeward"),
    path("ho-so/<code:code>/ve-nha/<slug:act>/", homeward.act, name="homeward_act"),
    path("ho-so/<code:code>/chuyen-tuyen/<int:referral>/<slug:act>/", homeward.answer, name="referral"),
    path("ho-so/<code:code>/tham/<int:visit>/", homeward.visit, name="visit"),
    path("ho-so/<code:code>/ket-thuc/", homeward.close, name="close"),
    path("ho-so/<code:code>/mo-lai/", homeward.reopen, name="reopen"),
]
