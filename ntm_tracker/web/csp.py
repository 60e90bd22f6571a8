"""What pages with charts may do beyond the site's content security policy."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update

# plotly.js writes <style> rules and style attributes, and makes PNG files from blob: images.
# Scripts stay as strict as everywhere.
chart_page = csp_update({"style-src": [UNSAFE_INLINE], "img-src": ["blob:"]})
