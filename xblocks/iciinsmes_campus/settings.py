"""Settings of the campus; everything that differs between machines comes from the environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from iciinsmes.settings.common import plugin_settings
from iciinsmes_campus.environment import secret_key, whole_number

# Everything the campus writes lies in this folder: database, secret, uploads.
HOME = Path(os.environ.get("CAMPUS_HOME", ".campus")).resolve()
COURSES_ROOT = Path(os.environ.get("CAMPUS_COURSES", "courses")).resolve()
# Translations of the courses: a folder a course, in it one a language.
COURSE_CATALOGUES = Path(os.environ.get("CAMPUS_CATALOGUES") or COURSES_ROOT.parent / "translations/courses").resolve()

DEBUG = False
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = os.environ.get("CAMPUS_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CAMPUS_ORIGINS", "").split(",") if origin]
# How people reach the campus from outside; mails carry it.
ADDRESS = os.environ.get("CAMPUS_ADDRESS", "").rstrip("/") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
DEMO = os.environ.get("CAMPUS_DEMO", "0") == "1"
# In words, because it hands every account of the demo to whoever reaches the campus.
DEMO_FOR_EVERYBODY = os.environ.get("CAMPUS_DEMO_FOR_EVERYBODY", "") == "yes"
# So many trusted proxies stand in front; each has added one address to X-Forwarded-For.
PROXIES = whole_number("CAMPUS_PROXIES", default=0, most=10)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # For its offline copy of jQuery, which capa problems need.
    "django.contrib.admin",
    "axes",
    "csp",
    # Its static files only: the editor of authors' texts.
    "tinymce",
    "xblocks_contrib.problem.capa.apps.CapaAppConfig",
    # Before the add-on, because its shell for full pages replaces the add-on's own.
    "iciinsmes_campus.apps.CampusConfig",
    "iciinsmes.apps.IciInSmesConfig",
]

MIDDLEWARE = [
    "iciinsmes_campus.addresses.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "iciinsmes_campus.web.PrivateCampus",
    "csp.middleware.CSPMiddleware",
    "edx_django_utils.cache.middleware.RequestCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "iciinsmes_campus.accounts.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "iciinsmes_campus.urls"
WSGI_APPLICATION = "iciinsmes_campus.wsgi.application"

TEMPLATES = [
    {
        # The add-on's pages stand in the campus' shell, so they share its engine.
        "NAME": "iciinsmes",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "iciinsmes_campus.web.staff",
            ],
        },
    },
]

_database_url = os.environ.get("CAMPUS_DATABASE_URL") or f"sqlite:///{HOME / 'campus.sqlite3'}"
if not _database_url.startswith(("sqlite://", "mysql://")):
    raise ImproperlyConfigured("CAMPUS_DATABASE_URL must begin with sqlite:// or mysql://.")
# Connections stay open for a minute: opening SQLite and setting it up takes as long as several queries.
DATABASES = {"default": dj_database_url.parse(_database_url, conn_max_age=60, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {"ENGINE": "iciinsmes_campus.sqlite3", "OPTIONS": {"timeout": 20}}
else:
    DATABASES["default"].setdefault("OPTIONS", {}).update(charset="utf8mb4", isolation_level="read committed")

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
# An account is closed for the address that tried, so that nobody can close somebody else's from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "iciinsmes_campus.addresses.counted_address"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "iciinsmes_campus/accounts/locked.html"
AXES_VERBOSE = False

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "iciinsmes_campus.pages.failures.csrf_failure"
LOGIN_URL = "campus:login"
LOGIN_REDIRECT_URL = "campus:home"
LOGOUT_REDIRECT_URL = "campus:login"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("de", _("German")),
    ("da", _("Danish")),
    ("pl", _("Polish")),
    ("hu", _("Hungarian")),
]
FORMAT_MODULE_PATH = "iciinsmes_campus.formats"
TIME_ZONE = os.environ.get("CAMPUS_TIME_ZONE", "Europe/Berlin")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = str(HOME / "static")
_PRIVATE = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(HOME / "media"), **_PRIVATE},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "iciinsmes": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(HOME / "evidence"), **_PRIVATE},
    },
}
MEDIA_ROOT = str(HOME / "media")

EMAIL_BACKEND = os.environ.get("CAMPUS_EMAIL_BACKEND", "iciinsmes_campus.mail.backend.OutboxBackend")
DEFAULT_FROM_EMAIL = os.environ.get("CAMPUS_FROM_EMAIL", "campus@example.org")
EMAIL_HOST = os.environ.get("CAMPUS_EMAIL_HOST", "localhost")
EMAIL_PORT = whole_number("CAMPUS_EMAIL_PORT", default=25, most=65535)
EMAIL_HOST_USER = os.environ.get("CAMPUS_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CAMPUS_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("CAMPUS_EMAIL_TLS", "0") == "1"

# Every page and asset comes from this host alone; styles inline because capa writes style attributes.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Not SELF: people upload files to this host, and only the host's own pages know the nonce.
        "script-src": [NONCE],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "frame-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# Written to the database and read from memory; `SignedInMiddleware` checks it with the query that reads the account.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HTTPS = os.environ.get("CAMPUS_HTTPS", "0") == "1"
SESSION_COOKIE_SECURE = SECURE_HTTPS
CSRF_COOKIE_SECURE = SECURE_HTTPS


def _days(name: str, default: int) -> int | None:
    """Return for how many days something is kept; the word "never" stands for keeping it for ever."""
    text = os.environ.get(name, "").strip() or str(default)
    if text.lower() == "never":
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 5:
        raise ImproperlyConfigured(f'{name} must be a number of days or "never", not {text!r}.')
    return int(text)


# The page of privacy tells these to everybody.
CAMPUS_KEEP_MAILS_DAYS = _days("CAMPUS_KEEP_MAILS_DAYS", 90)
CAMPUS_KEEP_EVENTS_DAYS = _days("CAMPUS_KEEP_EVENTS_DAYS", 365)
CAMPUS_KEEP_SIGN_INS_DAYS = _days("CAMPUS_KEEP_SIGN_INS_DAYS", 30)

ICIINSMES_HOST = "iciinsmes_campus.host.CampusHost"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"secret-paths": {"()": "iciinsmes.lib.secret_paths.SecretPaths"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secret-paths"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("CAMPUS_LOG_LEVEL", "WARNING")},
}

plugin_settings(sys.modules[__name__])
