"""Who may do what in the API: units and how they came to be."""

from tests.access.rows import EVERYBODY, Row, of_api


def unit(name, code):
    """One unit by its code, which a stranger does not find."""
    return Row(
        f"api:{name}", EVERYBODY, neighbour="alike", args=lambda scene: {"code": code(scene)}
    )


ROWS = [
    of_api("provinces"),
    unit("province", lambda scene: scene.province.code),
    of_api("districts"),
    unit("district", lambda scene: scene.district.code),
    of_api("communes"),
    unit("commune", lambda scene: scene.commune.code),
    of_api("boundary_changes"),
    of_api("lineage"),
]
