"""The two screens on which every page is tried: options for `new_page`."""

import pytest

LAPTOP = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
on_both_screens = pytest.mark.parametrize("screen", [LAPTOP, PHONE], ids=["laptop", "phone-dark"])
