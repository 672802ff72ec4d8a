"""Settings of Django: one registry database taken from the home, our own apps, and the libraries of sign-in and jobs.

SQLite is as durable as its pragmas: write-ahead log with `synchronous=FULL` keeps each acknowledged
commit through a loss of power; transactions start IMMEDIATE, so that a reader never turns writer halfway.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Final

from bangfu.kernel.home import Home
from bangfu.site.sign_on import secret_key, single_sign_on

_SQLITE_PRAGMAS: Final = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -65536;
    PRAGMA mmap_size = 268435456;
    PRAGMA temp_store = MEMORY;
"""
_POSTGRESQL_SETTINGS: Final = "-c jit=off -c random_page_cost=1.1"
"""To compile a short question takes longer than to answer it; and on a disk without heads a block that lies anywhere
costs what the next one does, so that some hundred rows are looked up instead of reading a whole table. Whoever names
options in the address of the database decides alone.
"""
_LOCK_TIMEOUT_S: Final = 30


_KEPT: Final = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
"""A thread of the web server keeps its connection for ten minutes: to open one takes longer than most queries."""


def database(home: Home) -> dict[str, object]:
    """Return Django's description of the registry database of this home."""
    if home.database_url is None:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home.database_file),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": _LOCK_TIMEOUT_S,
                "init_command": _SQLITE_PRAGMAS,
            },
            **_KEPT,
        }
    return {"ENGINE": "django.db.backends.postgresql", **_postgresql(home.database_url)}


def _postgresql(url: str) -> dict[str, object]:
    from psycopg import ProgrammingError  # noqa: PLC0415  only an installation on PostgreSQL pays for the import
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  as above

    from bangfu.kernel.errors.settings import DatabaseUrlUnusable  # noqa: PLC0415  as above
    from bangfu.kernel.home import DATABASE_VARIABLE  # noqa: PLC0415  as above

    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        raise DatabaseUrlUnusable(variable=DATABASE_VARIABLE) from None
    parts.setdefault("options", _POSTGRESQL_SETTINGS)
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {
        **{django: str(parts.pop(libpq, "") or "") for django, libpq in named.items()},
        "OPTIONS": parts,
        **_KEPT,
    }


HOME = Home.current()
DATABASES = {"default": database(HOME)}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "bangfu.audit",
    "bangfu.places",
    "bangfu.access",
    "bangfu.work",
    "bangfu.registry",
    "bangfu.snapshots",
    "bangfu.procedures",
    "bangfu.intake",
    "bangfu.decisions",
    "bangfu.web",
    "bangfu.api",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]

# --- pages ------------------------------------------------------------------------------------------------------------

ROOT_URLCONF = "bangfu.site.urls"
WSGI_APPLICATION = "bangfu.site.wsgi.application"
STATIC_URL = "/static/"
STATIC_ROOT = HOME.path / "static"
"""Where `bangfu serve` gathers the static files before it starts; without them only the command line runs."""
_WHITENOISE: Final = ["whitenoise.middleware.WhiteNoiseMiddleware"] if STATIC_ROOT.is_dir() else []
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    *_WHITENOISE,
    "django.middleware.gzip.GZipMiddleware",
    "bangfu.web.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bangfu.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bangfu.web.middleware.idle_limit",
    "bangfu.web.middleware.look_up_once",
    "bangfu.web.middleware.without_nul",
    "bangfu.web.middleware.WhoActs",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "bangfu.web.context.layout",
            ],
            "builtins": ["bangfu.web.templatetags.shown"],
        },
    }
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "bangfu.web.static_files.Storage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# --- who signs in -----------------------------------------------------------------------------------------------------

SECRET_KEY = secret_key(HOME)
SECURE = os.environ.get("BANGFU_HTTPS") == "1"
"""Whether pages travel over HTTPS only, behind a server that ends it and says so in X-Forwarded-Proto."""
ALLOWED_HOSTS = os.environ.get("BANGFU_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if SECURE else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"  # with none at all, browsers hide from us where a form came from
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "bangfu_session"
SESSION_IDLE_LIMIT_S = 30 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "bangfu.web.views.refusals.form_expired"

AUTH_USER_MODEL = "access.Account"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name, "OPTIONS": options}
    for name, options in (
        (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
            {"user_attributes": ("login",)},
        ),
        ("bangfu.web.accounts.LongEnough", {"min_length": 12}),
        ("django.contrib.auth.password_validation.CommonPasswordValidator", {}),
        ("django.contrib.auth.password_validation.NumericPasswordValidator", {}),
    )
]
ACCOUNT_ADAPTER = "bangfu.web.accounts.ClosedAccounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
"""The session in which it was changed goes on; every other one ends with the old password."""
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,10/900s/key"}
"""Beyond the lock-out by passwords: how often a code of the second factor may be wrong."""
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PRESERVE_USERNAME_CASING = True
SOCIALACCOUNT_ADAPTER = "bangfu.web.accounts.KnownAccountsOnly"
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_PROVIDERS = single_sign_on(os.environ)
MFA_ADAPTER = "bangfu.web.accounts.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "bangfu"
MFA_TOTP_TOLERANCE = 1
"""Half minutes by which the clock of a phone may be wrong."""
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "bangfu.web.views.refusals.locked_out"
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "bangfu.web.accounts.typed_login"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["login", "password"]

# --- jobs and logs ----------------------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "bangfu.site.log_lines.LineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "axes": {"level": "ERROR"},  # its lines name the login that was typed, which may be a password
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
