"""Addresses of the calendar."""

from django.urls import path

from benan.notices import views

app_name = "notices"
urlpatterns = [
    path("lich/", views.calendar, name="calendar"),
    path("lich/giao-ban/", views.sheet, name="sheet"),
    path("lich/dong-bo/", views.subscribing, name="subscribing"),
    path("lich/dong-bo/thoi/", views.withdraw_feed, name="withdraw_feed"),
    path("lich/<str:secret>.ics", views.feed, name="feed"),
]
