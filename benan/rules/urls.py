"""Addresses of the law page."""

from django.urls import path

from benan.rules import views

app_name = "rules"
urlpatterns = [
    path("", views.law, name="law"),
]
