"""Who may do what in the API: criteria, periods, recognitions, plans, published figures."""

from tests.access.rows import EVERYBODY, Row, of_api

ROWS = [
    of_api("criteria_sets"),
    of_api("criteria"),
    of_api("indicators"),
    of_api("thresholds"),
    of_api("periods"),
    of_api("recognitions"),
    of_api("recognitions_removed"),
    Row(
        "api:recognition",
        EVERYBODY,
        neighbour="alike",
        args=lambda scene: {"pk": scene.recognition.pk},
    ),
    of_api("plans"),
    of_api("targets"),
    of_api("published_figures"),
]
