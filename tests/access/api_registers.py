"""Who may do what in the API: criteria, periods, recognitions, plans, published figures."""

from tests.access.rows import of_api

ROWS = [
    of_api("criteria_sets"),
    of_api("criteria"),
    of_api("indicators"),
    of_api("thresholds"),
    of_api("periods"),
]
