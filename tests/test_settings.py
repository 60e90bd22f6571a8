"""What the settings accept and refuse, each tried in a Python of its own."""

import os
import re
import subprocess
import sys

import pytest

from ntm_tracker.tools.environment import ROOT

GOOD = {
    "NTM_ENV": "production",
    "SECRET_KEY": "long-and-random-enough-for-a-test-" * 2,
    "ALLOWED_HOSTS": "ntm.example",
    "DEBUG": "0",
    "DATABASE_URL": "",
}


def manage(*arguments, **variables):
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=inherited | variables,
        capture_output=True,
        text=True,
    )


def test_production_passes_the_deployment_check():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **GOOD)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("SECRET_KEY", "", "SECRET_KEY"),
        ("SECRET_KEY", "local-only-key-never-for-production", "SECRET_KEY"),
        ("SECRET_KEY", "short", "50 characters"),
        ("DEBUG", "1", "DEBUG=0"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS"),
        ("NTM_ENV", "prod", "local, production or test"),
        ("OIDC_SERVER_URL", "https://dang-nhap.example", "OIDC_CLIENT_ID"),
        ("OIDC_SERVER_URL", "http://dang-nhap.example", "https://"),
        ("API_USER_RATE", "600", "600/min"),
        ("DATABASE_URL", "mysql://localhost/ntm", "postgresql://"),
    ],
)
def test_refuses_to_start_in_one_sentence_that_says_what_to_set(name, value, advice):
    result = manage("check", **GOOD | {name: value})
    assert result.returncode != 0
    assert advice in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(("kind", "is_on"), [("production", "True"), ("local", "False")])
def test_second_step_is_required_in_production(kind, is_on):
    command = "from django.conf import settings; print(settings.REQUIRE_SECOND_FACTOR)"
    result = manage("shell", "--no-imports", "-c", command, **GOOD | {"NTM_ENV": kind})
    assert result.stdout.strip() == is_on, result.stderr


def test_names_everything_that_production_lacks_at_once():
    result = manage("check", NTM_ENV="production", SECRET_KEY="", DEBUG="1", ALLOWED_HOSTS="")
    assert all(name in result.stderr for name in ("SECRET_KEY", "DEBUG", "ALLOWED_HOSTS"))


def test_example_lists_exactly_the_variables_that_the_settings_read():
    settings = (ROOT / "ntm_tracker" / "settings.py").read_text()
    read = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings)
    example = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(example) == sorted(read)
