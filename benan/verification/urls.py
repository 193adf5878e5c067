"""Addresses of verification."""

from django.urls import path

from benan.cases.views.acts import page_of_group
from benan.verification import views
from benan.verification.procedure import GROUP

app_name = "verification"
urlpatterns = [
    path("ho-so/<code:code>/buoc/<slug:slug>/", page_of_group(GROUP), name="act"),
    path("ho-so/<code:code>/du-thao/", views.draft, name="draft"),
    path("ho-so/<code:code>/du-thao/mo/", views.open_draft, name="open_draft"),
    path("ho-so/<code:code>/ky/", views.sign, name="sign"),
    path("ho-so/<code:code>/ky/mo/", views.read_draft, name="read_draft"),
    path("ho-so/<code:code>/ky/tra-lai/", views.return_draft, name="return_draft"),
    path("ho-so/<code:code>/tra-loi/", views.answer, name="answer"),
]
