"""The files that come from installed packages reach the browser."""

import pytest

from ntm_tracker.web.staticfiles import VENDOR_FILES


@pytest.mark.parametrize("name", VENDOR_FILES)
def test_vendor_file_is_served(page, name):
    answer = page.request.get(f"/static/vendor/{name}")
    assert answer.status == 200
    assert len(answer.body()) > 3_000
