"""Addresses of signing in: those of allauth's pages that officers use, and no others."""

from allauth.account import views as account
from allauth.mfa import urls as mfa
from django.urls import include, path

from benan.accounts.views import entering

urlpatterns = [
    path("vao/", account.login, name="account_login"),
    path("ra/", account.logout, name="account_logout"),
    path("tam-ngung/", account.account_inactive, name="account_inactive"),
    path("lap-tai-khoan/", account.signup, name="account_signup"),
    path("xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/", account.password_change, name="account_change_password"),
    path("mat-khau/dat/", entering.no_password, name="account_set_password"),
    path("mat-khau/quen/", account.password_reset, name="account_reset_password"),
    path("buoc-hai/doi-dien-thoai/", entering.replace_factor, name="replace_factor"),
    # allauth's address, found first: a second factor is replaced in one step, never taken off.
    path("buoc-hai/totp/deactivate/", entering.no_deactivation),
    path("buoc-hai/", include(mfa)),
]
