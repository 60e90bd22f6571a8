"""The colours of the charts on screen, for those on paper."""

import re
from functools import cache

from django.conf import settings

NAMED = {
    "plan": "plan",
    "computed": "accent",
    "published": "published",
    "behind": "behind",
    "slightly-behind": "slightly-behind",
    "grid": "grid",
    "base": "bar-base",
}
BANDS = (4, 3, 2, 1, 0)


@cache
def colours() -> dict:
    """As the style sheets name them for a light page; bands from the best down."""
    found = {}
    for name in ("site.css", "dashboard.css"):
        text = (settings.BASE_DIR / "static" / name).read_text()
        for colour, value in re.findall(r"--ntm-([\w-]+): (#[0-9a-f]{6});", text):
            # the first is for a light page
            found.setdefault(colour, value)
    named = {name: found[colour] for name, colour in NAMED.items()}
    return named | {"bands": [found[f"band-{band}"] for band in BANDS]}
