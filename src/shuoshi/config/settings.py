"""One settings module. What differs between installations comes from the environment."""

import os
import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from shuoshi.config.environment import (
    Environment,
    calm,
    company,
    database,
    house_words,
    mail_server,
    proxies,
    second_factor,
    session_limits,
    sms_gateway,
)
from shuoshi.platforms.rules.setup import PLATFORMS, account


env = Environment.read()

BASE_DIR = Path(__file__).resolve().parents[1]
DATA_DIR = env.data
DEBUG = False
TESTING = "pytest" in sys.modules
SECRET_KEY = env.secret_key
SECRET_KEY_FALLBACKS = env.old_secret_keys
# The ring of keys that seal protected fields, the current one first.
SHUOSHI_KEYS = env.keys
# The keys that hash receipts, the newest first; before them all, SECRET_KEY did.
SHUOSHI_HASH_KEYS = env.hash_keys
# A virus scanner that listens on a socket, and what to do with files while it is away.
SHUOSHI_CLAMAV = env.clamav
SHUOSHI_CLAMAV_AWAY = env.clamav_away
# Where the worker puts its backups, the public half of their key, how many stay.
SHUOSHI_BACKUP_TO = env.backup_to
SHUOSHI_BACKUP_KEY = env.backup_key
SHUOSHI_BACKUP_KEEP = env.backup_keep
# How much is spoken in ten minutes before everybody must bring a proof of work.
SHUOSHI_CALM = calm()
ALLOWED_HOSTS = env.hosts
CSRF_TRUSTED_ORIGINS = env.origins
DATABASES = {"default": database(env.database_url, env.data)}

ROOT_URLCONF = "shuoshi.config.urls"
WSGI_APPLICATION = "shuoshi.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "shuoshi.demo",
    "shuoshi.rights",
    "shuoshi.administrators",
    "shuoshi.channels",
    "shuoshi.insight",
    "shuoshi.backup",
    "shuoshi.audit",
    "shuoshi.matters",
    "shuoshi.duty",
    "shuoshi.reception",
    "shuoshi.disclosure",
    "shuoshi.notices",
    "shuoshi.privacy",
    "shuoshi.files",
    "shuoshi.platforms",
    "shuoshi.jobs",
    "shuoshi.org",
    "shuoshi.accounts",
    "shuoshi.keys",
    "shuoshi.trail",
    "shuoshi.common",
    "template_partials",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "shuoshi.channels.api.errors.PlainRefusals",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "shuoshi.accounts.views.doors.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shuoshi.channels.views.refused.RefusalsOnRecord",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shuoshi.matters.views.frame.frame",
                "shuoshi.accounts.views.doors.tellings",
            ]
        },
    }
]

FORM_RENDERER = "shuoshi.common.rendering.FormRenderer"

PASSWORD_HASHERS = ["shuoshi.accounts.rules.hashing.SmallArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "shuoshi.accounts.rules.passwords.HouseWordsValidator",
        "OPTIONS": {"words": house_words()},
    },
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "matters:workbench"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

# Who signs in, for how long, and by which other ways (docs/operations.md).
SHUOSHI_SECOND_FACTOR = second_factor(debug=env.debug)
SHUOSHI_SESSION_LIMITS = session_limits()
SHUOSHI_OIDC = company()
SHUOSHI_LDAP_URL = os.getenv("SHUOSHI_LDAP_URL", "")
SHUOSHI_LDAP_DN = os.getenv("SHUOSHI_LDAP_DN", "uid={name}")
SHUOSHI_LDAP_STRATEGY = ""
SHUOSHI_PROXIES = proxies()

# How messages leave the house: where it is found, the SMS gateway, the mail server.
SHUOSHI_ADDRESS = os.getenv("SHUOSHI_ADDRESS", "").rstrip("/")
SHUOSHI_SMS = sms_gateway()
SHUOSHI_PLATFORMS = {platform: account(platform, os.environ) for platform in PLATFORMS}
MAIL = mail_server()
EMAIL_HOST, EMAIL_PORT = MAIL["host"], MAIL["port"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["user"], MAIL["password"]
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL["tls"], MAIL["starttls"]
EMAIL_TIMEOUT = 8
DEFAULT_FROM_EMAIL = MAIL["sender"] or "webmaster@localhost"

# By TLS a cookie is this host's alone: no neighbour under the same domain can set one.
HOST_ONLY = "__Host-" if env.https else ""
SESSION_COOKIE_NAME = f"{HOST_ONLY}sessionid"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = env.https
SHUOSHI_COMMITTEE_COOKIE = f"{HOST_ONLY}committee"
CSRF_COOKIE_NAME = f"{HOST_ONLY}csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(SHUOSHI_SESSION_LIMITS.whole.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = env.https
CSRF_FAILURE_VIEW = "shuoshi.common.views.stale_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then send "Origin: null", and every plain form is refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if env.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.https else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# A photo from a phone is up to 20 MB; the rest of a form stays small.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "shuoshi.common.uploads.SealedUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 20

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英语"))]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = env.static_root
STORAGES = {
    "default": {
        "BACKEND": "shuoshi.common.hours.HourStorage",
        "OPTIONS": {"location": env.data / "files"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Nothing that anybody said reaches a log, a mail or a page of errors.
DEFAULT_EXCEPTION_REPORTER = "shuoshi.common.logs.PlainReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "shuoshi.common.logs.NothingShown"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "shuoshi.common.logs.PlainFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own would mail errors to administrators.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # What is not there or not allowed names the address: that is for nobody's log.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
    },
}
