"""Settings of NTM Tracker, all from environment variables (`.env.example` lists them).

`NTM_ENV` chooses the kind of installation: `local` (the default: one machine, loopback),
`production` (refuses to start half configured) or `test`.
"""

import re
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ntm_tracker.tools.addresses import fault_in_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# Whatever the installation makes: the SQLite file, static files, uploads, the local key.
VAR_DIR = Path(env.str("VAR_DIR", default="") or BASE_DIR / "var")

ENVIRONMENT = env.str("NTM_ENV", default="local")
if ENVIRONMENT not in {"local", "production", "test"}:
    raise ImproperlyConfigured(f"NTM_ENV is {ENVIRONMENT!r}; set it to local, production or test.")
IN_PRODUCTION = ENVIRONMENT == "production"
DEFAULT_SECRET_KEY = "local-only-key-never-for-production"

DEBUG = env.bool("DEBUG", default=False)
# `make run` keeps a random key here, so that no two installations share one.
local_key = VAR_DIR / "secret_key"
SECRET_KEY = env.str("SECRET_KEY", default="") or (
    local_key.read_text() if ENVIRONMENT == "local" and local_key.exists() else DEFAULT_SECRET_KEY
)
# Former keys, which open what they shut and no longer shut anything
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[] if IN_PRODUCTION else ["127.0.0.1", "localhost", "[::1]"]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

if IN_PRODUCTION:
    missing = [
        sentence
        for wrong, sentence in [
            (DEBUG, "DEBUG is on: set DEBUG=0."),
            (
                SECRET_KEY == DEFAULT_SECRET_KEY or len(SECRET_KEY) < 50,
                "SECRET_KEY is the default or shorter than 50 characters: set a long random one.",
            ),
            (
                not ALLOWED_HOSTS,
                "ALLOWED_HOSTS is empty: set the host names it is served under, comma separated.",
            ),
        ]
        if wrong
    ]
    if missing:
        raise ImproperlyConfigured("Not safe to start in production. " + " ".join(missing))

# Where people find the site, for links in e-mails; empty: as the request came in.
SITE_URL = env.str(
    "SITE_URL", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if IN_PRODUCTION else ""
).rstrip("/")

# Anyone may read the dashboards, and nothing else.
PUBLIC_DASHBOARD = env.bool("PUBLIC_DASHBOARD", default=False)
# Whether `manage.py prepare` loads the illustrative scores.
ILLUSTRATION = env.bool("ILLUSTRATION", default=not IN_PRODUCTION)

INSTALLED_APPS = [
    "ntm_tracker",
    "communes",
    "accounts",
    "criteria",
    "targets",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_http_compression.middleware.HttpCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ntm_tracker.web.language.language_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.SecondStepMiddleware",
    "ntm_tracker.web.addresses.refuse_nul",
]

ROOT_URLCONF = "ntm_tracker.urls"
WSGI_APPLICATION = "ntm_tracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ntm_tracker.web.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "ntm_tracker.web.templatetags.downloads",
                "ntm_tracker.web.templatetags.html",
                "ntm_tracker.web.templatetags.numbers",
            ],
        },
    }
]

FORM_RENDERER = "ntm_tracker.web.forms.FormRenderer"
CSRF_FAILURE_VIEW = "ntm_tracker.web.errors.csrf_failure"

# Data. SQLite in WAL mode is the embedded default; production sets DATABASE_URL.
DATABASE_URL = env.str("DATABASE_URL", default="")
if fault := DATABASE_URL and fault_in_database_url(DATABASE_URL):
    raise ImproperlyConfigured(fault)
DATABASES = {
    "default": env.db_url_config(DATABASE_URL)
    if DATABASE_URL
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "ntm.sqlite3"}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
        ),
        "transaction_mode": "IMMEDIATE",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # seconds until an unreachable server is reported
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 10)

CACHES = {
    # All processes count attempts to sign in together, and accept a code once. django-allauth
    # takes this alias and no other. A migration makes the table.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # Pages by data version, in the memory of the process
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in [
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.SignInForm",
    "change_password": "accounts.forms.sign_in.PasswordChangeForm",
    "reauthenticate": "accounts.forms.sign_in.ConfirmPasswordForm",
}
ACCOUNT_RATE_LIMITS = {
    # whole offices share an address
    "login": "30/m/ip",
    # wrong passwords and wrong codes
    "login_failed": "10/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
# seconds that a link to set a password is good for
PASSWORD_RESET_TIMEOUT = env.int("PASSWORD_LINK_DAYS", default=3) * 24 * 60 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# The second step of signing in; required of administrators and provincial officers
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=IN_PRODUCTION)
MFA_ADAPTER = "accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_TOTP_ISSUER = "NTM Tracker"
# clocks of telephones may be half a minute off
MFA_TOTP_TOLERANCE = 1
# addresses are typed by administrators, not confirmed by mail
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    name: f"accounts.forms.second_step.{form}"
    for name, form in {
        "authenticate": "CodeForm",
        "reauthenticate": "ConfirmCodeForm",
        "activate_totp": "ActivateAppForm",
        "login_webauthn": "KeySignInForm",
        "authenticate_webauthn": "KeyForm",
        "reauthenticate_webauthn": "ConfirmKeyForm",
        "add_webauthn": "AddPasskeyForm",
        "edit_webauthn": "RenamePasskeyForm",
    }.items()
}

# Signing in through an OpenID Connect server, where one is named
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
OIDC_NAME = env.str("OIDC_NAME", default="OpenID Connect")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
if OIDC_SERVER_URL:
    if not (OIDC_SERVER_URL.startswith("https://") and OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
        raise ImproperlyConfigured(
            "OIDC_SERVER_URL needs an address with https://, OIDC_CLIENT_ID and "
            "OIDC_CLIENT_SECRET: set all three, or none."
        )
    INSTALLED_APPS += [
        "allauth.socialaccount",
        "allauth.socialaccount.providers.openid_connect",
    ]
    SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.SingleSignOnAdapter"
    # a form that is sent on to another host would be stopped by `form-action`
    SOCIALACCOUNT_LOGIN_ON_GET = True
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "server",
                    "name": OIDC_NAME,
                    "client_id": OIDC_CLIENT_ID,
                    "secret": OIDC_CLIENT_SECRET,
                    "settings": {"server_url": OIDC_SERVER_URL},
                }
            ],
        }
    }

# Mail: invitations, links to set a password, reminders
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="NTM Tracker <ntm-tracker@localhost>")

# Words
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

# Files
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "ntm_tracker.web.staticfiles.VendorFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or ENVIRONMENT == "test"
        else "ntm_tracker.web.staticfiles.HashedStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365 if not DEBUG else 0
MEDIA_ROOT = VAR_DIR / "media"
# Size of one file that backs a finding.
EVIDENCE_MAX_MB = env.int("EVIDENCE_MAX_MB", default=20)
# Size of a workbook or CSV file that is read.
UPLOADED_TABLE_MAX_MB = env.int("UPLOADED_TABLE_MAX_MB", default=20)
FILE_UPLOAD_HANDLERS = [
    "ntm_tracker.web.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Long work: on the spot, or left in the database for `manage.py db_worker`
TASKS_KEPT = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
TASKS_WHERE = env.str("TASKS", default="immediate")
if TASKS_WHERE not in TASKS_KEPT:
    raise ImproperlyConfigured(f"TASKS is {TASKS_WHERE!r}; set it to immediate or database.")
TASKS = {"default": {"BACKEND": TASKS_KEPT[TASKS_WHERE]}}

# Webhooks: only to https:// and the public Internet, unless they may stay in one's own network
WEBHOOKS_MAY_GO_TO_PRIVATE_ADDRESSES = env.bool(
    "WEBHOOKS_MAY_GO_TO_PRIVATE_ADDRESSES", default=False
)

# The API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # the first one says how to sign in: `WWW-Authenticate: Bearer`
        "accounts.api.authentication.Token",
        "accounts.api.authentication.Session",
        "accounts.api.authentication.Public",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.authentication.MayRead"],
    "DEFAULT_THROTTLE_CLASSES": [
        "accounts.api.throttles.ByUser",
        "accounts.api.throttles.ByAddress",
    ],
    "DEFAULT_RENDERER_CLASSES": ["ntm_tracker.web.api.rendering.Json"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "ntm_tracker.web.api.negotiation.Negotiation",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "ntm_tracker.web.api.schema.Schema",
    "EXCEPTION_HANDLER": "accounts.api.problems.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
# Requests to the API of one person, of one address, and wrong tokens from one address
API_RATES = {
    "user": env.str("API_USER_RATE", default="600/min"),
    "address": env.str("API_ADDRESS_RATE", default="1200/min"),
    "wrong_token": env.str("API_WRONG_TOKEN_RATE", default="30/min"),
}
for rate in API_RATES.values():
    if not re.fullmatch(r"([1-9]\d{0,8}/(sec|min|hour))?", rate):
        raise ImproperlyConfigured(
            f"{rate!r} is no rate of the API; write for example 600/min, 10/sec or 5000/hour, "
            "or nothing for no limit."
        )
# where all processes count them
API_COUNTS = VAR_DIR / "api-counts"
KNOX_TOKEN_MODEL = "accounts.AccessToken"
REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_PREFIX": "ntm_"}
# its tables would be those of its own model, which is not used
MIGRATION_MODULES = {"knox": None}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "NTM Tracker",
    "VERSION": "1",
    "DESCRIPTION": (
        "Where each commune stands against the NTM plan of its province: the figures of the "
        "dashboards, under the same rules."
    ),
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,
    # many things have a kind: each set of choices has a name that stays
    "ENUM_NAME_OVERRIDES": {
        "ProvinceKind": "communes.models.Province.Kind",
        "DistrictKind": "communes.models.District.Kind",
        "CommuneKind": "communes.models.Commune.Kind",
        "LineageKind": "communes.models.BoundaryChangePart.Kind",
        "IndicatorKind": "criteria.models.Indicator.Kind",
        "AssessmentState": "criteria.models.Assessment.State",
        "Grade": "criteria.models.Grade",
        "Metric": "targets.models.Metric",
        "RecognitionKind": "criteria.models.Recognition.Kind",
        "TargetKind": "targets.models.Target.Kind",
        "FigureKind": "targets.api.lists_serializers.KINDS",
        "RecognisedAs": "targets.api.figure_serializers.RECOGNISED_AS",
        "SheetGrade": "targets.api.figure_serializers.SHEET_GRADES",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "ntm_tracker.web.api.schema.add_shared",
    ],
    "SWAGGER_UI_FAVICON_HREF": "data:,",
}

# Safety
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=IN_PRODUCTION)
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IN_PRODUCTION
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # else limits on attempts would count all visitors as one
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# Room for `criteria.grid.inputs.MOST_INPUTS` and what stands around them.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3100

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
