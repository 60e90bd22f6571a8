"""The project's settings as the tests use them, whatever `.env` or the environment says."""

import atexit
import os
import tempfile
from pathlib import Path

os.environ["NTM_ENV"] = "test"
os.environ["DEBUG"] = "0"
os.environ["SITE_URL"] = ""
os.environ["WEBHOOKS_MAY_GO_TO_PRIVATE_ADDRESSES"] = "0"
os.environ["OIDC_SERVER_URL"] = "https://dang-nhap.example"
os.environ["OIDC_NAME"] = "Cổng của tỉnh"
os.environ["OIDC_CLIENT_ID"] = os.environ["OIDC_CLIENT_SECRET"] = "ntm"

from ntm_tracker.settings import *  # noqa: F403

# Nothing is collected for the tests: static files come from where they lie.
WHITENOISE_AUTOREFRESH = True

# Quick, as no password of a test is worth guarding.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# One store in memory for all that is remembered, so that a test forgets it in one go.
SHARED_CACHE = CACHES["default"]  # noqa: F405
CACHES["default"] = CACHES["pages"]  # noqa: F405

# SQLite in a file, as an installation has it: in memory, threads share a cache and its locks.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    FOLDER_OF_DATABASE = tempfile.TemporaryDirectory(prefix="ntm-tests-")
    atexit.register(FOLDER_OF_DATABASE.cleanup)
    DATABASES["default"]["TEST"] = {  # noqa: F405
        "NAME": str(Path(FOLDER_OF_DATABASE.name, "tests.sqlite3"))
    }

# Counted as in an installation, and so much allowed that only tests about it meet a limit.
API_RATES = dict.fromkeys(API_RATES, "1000000/min")  # noqa: F405
FOLDER_OF_COUNTS = tempfile.TemporaryDirectory(prefix="ntm-counts-")
atexit.register(FOLDER_OF_COUNTS.cleanup)
API_COUNTS = Path(FOLDER_OF_COUNTS.name, "counts")
