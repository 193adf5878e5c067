"""All settings of Bến An; what differs between installations is read from the environment. Reading them writes no file.

DATA_DIR      folder of this installation (database, secrets, heads of the trail); default ./data
DATABASE_URL  a PostgreSQL server of your own, as the web's role; without it the embedded one in DATA_DIR
KEY_FILE      the key-encryption key of the vault, never inside DATA_DIR (docs/operating.md)
BENAN_TODAY   the legal day of a demo installation, e.g. 2020-11-05; kept in its DATA_DIR, so that commands share it;
              a real installation keeps to the clock whatever it says
HOSTS         names under which the program is reached, separated by commas
HTTPS         1 where it is reached over https: cookies then travel over https only
PROXY         addresses of this machine (127.0.0.1) from which a web server of your own passes requests on, separated by
              commas; with HTTPS=1 it is the one that has the certificate, without it the program makes its own
MAIL_URL      the server that sends letters, e.g. smtp+tls://user:password@host:587, with MAIL_FROM, the address they come
              from, and MAIL_PASSWORD_FILE where the password is not in the URL; without it nothing is sent, and a demo
              puts letters into a folder of DATA_DIR. Pages are told only that there is one (SENDS_MAIL=1)
FRONT         1 where the program's own front passes requests on, and says whose they are in X-Forwarded-For (ops.serve)
"""

import os
from pathlib import Path

from ops import database, front, mail, prepare

# The province that this installation serves, by its code (Đồng Nai, before and after the merger of 01/07/2025), and the
# letters before its case codes, which people may write without marks.
PROVINCE = "75"
CASE_CODE_PREFIX = "ĐN"

BASE_DIR = database.ROOT
DATA_DIR = database.data_dir()
HTTPS = os.environ.get("HTTPS") == "1"
FRONT = os.environ.get("FRONT") == "1"
ALLOWED_HOSTS = (os.environ.get("HOSTS") or "127.0.0.1,localhost,[::1]").replace(" ", "").split(",")

# How the program is reached, as letters and calendars say it, without the slash at the end.
SITE_URL = front.site_url(os.environ)

KEY_FILE = os.environ.get("KEY_FILE", "")
HEADS_FILE = Path(os.environ.get("HEADS_FILE") or DATA_DIR / "heads.log")
BENAN_TODAY = os.environ.get("BENAN_TODAY") or database.demo_day(DATA_DIR)

# Letters are sent by a command, never by a page (benan.notices.sending).
_mail = mail.server(os.environ)
SENDS_MAIL = _mail is not None or os.environ.get("SENDS_MAIL") == "1"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail else 'dummy'}.EmailBackend"
if _mail:
    EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.host, _mail.port, _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL, DEFAULT_FROM_EMAIL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps", _mail.sender
else:
    DEFAULT_FROM_EMAIL = "ben-an@localhost"
EMAIL_TIMEOUT = 10  # seconds for each word of a mail server

SECRET_KEY = database.secret_key(DATA_DIR)
DEBUG = False

# Two connections to one database: requests run on `default`; what is counted or remembered although the request only
# reads, or is refused and rolled back, is written on `aside` (core.routers).
_connection = database.entry_of_process(DATA_DIR)
# Statements that a connection repeats are prepared: parsed and, where the plan holds for all values, planned once.
_prepared = {"server_side_binding": True, "prepare_threshold": 2}
_connection = _connection | {"OPTIONS": _prepared | _connection.get("OPTIONS", {})}
DATABASES = {
    "default": {**_connection, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True},
    "aside": {**_connection, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "TEST": {"MIRROR": "default"}},
}
DATABASE_ROUTERS = ["benan.core.routers.Aside"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "benan.core.cache.SignedTable"}}

# The lowest first: what apps contribute is listed in this order.
INSTALLED_APPS = [
    "benan.core",
    "benan.ui",
    "benan.audit",
    "benan.places",
    "benan.agencies",
    "benan.accounts",
    "benan.rules",
    "benan.notices",
    "benan.vault",
    "benan.documents",
    "benan.cases",
    "benan.verification",
    "benan.needs",
    "benan.protection",
    "benan.support",
    "benan.indicators",
    "benan.plan",
    "benan.reports",
    "benan.shell",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.humanize",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "benan.core.middleware.SafeAnswers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "benan.core.middleware.WorksForEntry",
    "benan.core.middleware.PlainRequests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "benan.documents.uploads.FilesWhereTaken",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "benan.core.middleware.WorksForOfficer",
    "benan.accounts.middleware.SessionTimeLimit",
    "benan.accounts.middleware.SecondFactorRequired",
    "benan.accounts.middleware.SignInRequired",
    "benan.audit.middleware.LooksAreRecorded",
    "benan.core.middleware.GetsReadOnly",
    "benan.accounts.unsaved.RefusedWhole",
    "benan.accounts.once.FormsWorkOnce",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION: str | None = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "benan.shell.context.shell",
                "benan.plan.context.cited",
            ],
            "builtins": ["django.templatetags.i18n", "benan.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "benan.ui.forms.Renderer"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = prepare.static_folder()
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "benan.ui.typeface.TypefaceFinder",
]
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MIMETYPES = {".svg": "image/svg+xml; charset=utf-8"}
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

AUTH_USER_MODEL = "accounts.User"
# Who keeps cases tells how many of them are open at some agencies; accounts, below, asks before it empties an office.
OPEN_CASES = "benan.cases.unattended.open_cases_by_agency"
PROCEDURES = [BASE_DIR / "benan/rules/data/procedures"]
VOCABULARIES = BASE_DIR / "benan/rules/data/vocabularies.yaml"
# The database tells whether its legal day may be moved; core, below, asks before it believes BENAN_TODAY.
MAY_MOVE_DAY = "benan.accounts.installation.is_demo"
# What is sealed under the installation's key, each by a function that seals the next rows again (rotate_keys).
SEALED_ROWS = [
    "benan.accounts.actions.factors.seal_again",
    "benan.vault.rotation.seal_again",
    "benan.notices.actions.seal_again",
    "benan.documents.rotation.seal_again",
]
# The tables of what can be erased or sealed again: their files are written anew afterwards (clear_erased).
CLEARED_TABLES = [
    "vault.Person",
    "vault.Sealed",
    "vault.Token",
    "mfa.Authenticator",
    "accounts.Session",
    "notices.MailSubscription",
    "documents.FileContent",
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "benan.accounts.passwords.NotGuessable"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "shell:home"
ACCOUNT_ADAPTER = "benan.accounts.adapter.OfficerAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Wrong entries are counted by our own limits (accounts.throttle), which never shut out a whole office or an officer.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {"change_password": "benan.accounts.forms.ChangePasswordForm"}
MFA_ADAPTER = "benan.accounts.adapter.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Bến An"
MFA_RECOVERY_CODE_COUNT = 10
# A telephone may be half a minute off.
MFA_TOTP_TOLERANCE = 1

# A desk left alone closes itself after two hours; nobody stays signed in overnight (accounts.middleware.SessionTimeLimit).
SESSION_ENGINE = "benan.accounts.sessions"
SESSION_COOKIE_AGE = 2 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Over https the browser itself binds these names to this host and path.
_prefix = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, MESSAGES_COOKIE_NAME = (
    f"{_prefix}{name}" for name in ("sessionid", "csrftoken", "messages")
)
MESSAGE_STORAGE = "benan.core.messages.Messages"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "benan.accounts.views.kept.token_refused"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Whether browsers know the name before the first visit is the province's to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "object-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# As much as the front lets through (ops.front). What pretends to be a file is kept nowhere, but where a view takes files
# (documents.uploads): bytes of one, bytes of all of a form, and how many.
DATA_UPLOAD_MAX_MEMORY_SIZE = 3_000_000
FILE_UPLOAD_HANDLERS: list[str] = []
LARGEST_FILE, LARGEST_FILES, MOST_FILES = 10_000_000, 20_000_000, 10
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Error pages and logs never carry what somebody typed (benan.core.logs).
DEFAULT_EXCEPTION_REPORTER = "benan.core.logs.SilentReporter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "benan.core.logs.NamesNobody",
            "format": "{asctime} {levelname} {name} {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
