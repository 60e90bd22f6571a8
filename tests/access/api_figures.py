"""Who may read which figures in the API; a stranger reads those of their own province."""

from tests.access.rows import of_api

NAMES = ["progress", "progress_districts", "matrix", "bottlenecks", "next_in_line", "map"]
ROWS = [
    *map(of_api, NAMES),
    of_api("progress_series", data=lambda scene: {"metric": "communes_standard"}),
    of_api("commune_standing", stranger=404, args=lambda scene: {"code": scene.commune.code}),
]
