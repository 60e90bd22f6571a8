"""Who may do what about access tokens."""

from accounts.models import AccessToken
from tests.access.rows import (
    ADMINISTRATOR,
    COMMUNE,
    EVERYBODY,
    Row,
    file_of,
    of_people,
)
from tests.factories import make_token


def token(scene):
    """The commune staff's."""
    found = AccessToken.objects.filter(user=scene.staff).first()
    return {"pk": (found or make_token(user=scene.staff)[0]).pk}


def own(name, method="get", **more):
    return Row(f"accounts:{name}", EVERYBODY, method, neighbour="alike", stranger="alike", **more)


def revoke(method):
    """For its owner and whoever answers for the account; for others it is not there."""
    return Row("accounts:revoke_token", frozenset({ADMINISTRATOR, COMMUNE}), method, args=token)


ROWS = [
    own("tokens"),
    own("tokens_table", args=file_of("tokens")),
    own("make_token"),
    own("make_token", "post"),
    revoke("get"),
    revoke("post"),
    of_people("people_tokens", args=lambda scene: {}, stranger="alike"),
    of_people("people_tokens_table", args=file_of("tokens"), stranger="alike"),
]
