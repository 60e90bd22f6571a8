"""Who may do what in the API: units and how they came to be."""

from tests.access.rows import of_api

ROWS = [of_api("provinces")]
