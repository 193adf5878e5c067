"""Addresses of the calendar and of letters."""

from django.urls import path

from benan.notices.views import calendars, letters

app_name = "notices"
urlpatterns = [
    path("lich/", calendars.calendar, name="calendar"),
    path("lich/giao-ban/", calendars.sheet, name="sheet"),
    path("lich/dong-bo/", calendars.subscribing, name="subscribing"),
    path("lich/dong-bo/thoi/", calendars.withdraw_feed, name="withdraw_feed"),
    path("thu-nhac/", letters.letters, name="letters"),
    path("thu-nhac/gui-lai/", letters.ask_again, name="ask_again"),
    path("thu-nhac/thoi/", letters.withdraw, name="withdraw_letters"),
    path("thu-nhac/xac-nhan/<str:secret>/", letters.confirm, name="confirm"),
    path("lich/<str:secret>.ics", calendars.feed, name="feed"),
]
