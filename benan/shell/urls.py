"""Addresses of the desk and of the page of component states."""

from django.urls import path

from benan.shell import views

app_name = "shell"
urlpatterns = [
    path("", views.home, name="home"),
    path("da-doc/", views.explained, name="explained"),
    path("mau-trang-thai/", views.components, name="components"),
]
