"""Addresses of the calendar."""

from django.urls import path

from benan.notices import views

app_name = "notices"
urlpatterns = [
    path("lich/", views.calendar, name="calendar"),
    path("lich/giao-ban/", views.sheet, name="sheet"),
]
