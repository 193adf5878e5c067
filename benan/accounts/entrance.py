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
    path("mat-khau/", entering.ChangePassword.as_view(), name="account_change_password"),
    path("mat-khau/dat/", entering.no_password, name="account_set_password"),
    path("mat-khau/quen/", account.password_reset, name="account_reset_password"),
    path("phien/dong/", entering.end_other_sessions, name="end_other_sessions"),
    path("buoc-hai/doi-dien-thoai/", entering.replace_factor, name="replace_factor"),
    # The same addresses and names as allauth's, found first: wrong codes are counted, changes go through our verbs,
    # looking writes nothing, and a second factor is replaced in one step, never taken off.
    path("buoc-hai/totp/deactivate/", entering.no_deactivation),
    path("buoc-hai/", entering.Factors.as_view(), name="mfa_index"),
    path("buoc-hai/authenticate/", entering.CodeAtSignIn.as_view(), name="mfa_authenticate"),
    path("buoc-hai/reauthenticate/", entering.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("buoc-hai/totp/activate/", entering.SetUpFactor.as_view(), name="mfa_activate_totp"),
    path("buoc-hai/recovery-codes/", entering.recovery_codes, name="mfa_view_recovery_codes"),
    path("buoc-hai/recovery-codes/generate/", entering.MakeRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("buoc-hai/recovery-codes/download/", entering.recovery_codes_file, name="mfa_download_recovery_codes"),
    path("buoc-hai/", include(mfa)),
]
