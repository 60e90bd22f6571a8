"""Fixtures that every test may use."""

import pytest


@pytest.fixture(autouse=True)
def _files_of_the_test(settings, tmp_path):
    """What a test uploads or collects never reaches var/."""
    settings.MEDIA_ROOT = tmp_path / "media"
