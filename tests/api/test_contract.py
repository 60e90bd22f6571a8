"""Whatever a client sends: no fault of ours, and no answer that the schema does not describe.

The committed schema is the one that is tried; `test_schema` holds it in step with the code.
"""

import pytest
import schemathesis
import yaml
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from criteria.models import Recognition
from ntm_tracker.wsgi import application
from tests.api.test_schema import COMMITTED, operations
from tests.criteria.world import World
from tests.factories import make_plan, make_recognition, make_token

pytestmark = pytest.mark.django_db
# what a day or a province may be is not the schema's to say
UNCHECKED = [positive_data_acceptance]
TRIES = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=True,
    stateful_step_count=5,
)


def described():
    """The schema with tokens as the only way to say who asks."""
    found = yaml.safe_load(COMMITTED.read_text())
    for item in found["paths"].values():
        for operation in item.values():
            operation["security"] = [way for way in operation["security"] if "session" not in way]
    del found["components"]["securitySchemes"]["session"]
    return found


schema = schemathesis.openapi.from_dict(described())


def program(environ, start_response):
    """The site as a program on this machine reaches it."""
    return application(environ | {"REMOTE_ADDR": "127.0.0.1"}, start_response)


schema.app = program
# Every parameter, right and wrong: one database is enough for what never reaches it.
schema.config.phases.coverage.enabled = connection.vendor == "sqlite"
# what an address must be asked besides
NEEDED = {"/api/v1/progress/series": "?metric=communes_standard"}


@pytest.fixture(autouse=True)
def one_connection():
    """All requests of a test share its transaction, as those of Django's test client do."""
    signals = [request_started, request_finished]
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def world(db):
    world = World()
    make_plan(province=world.province)
    make_recognition(commune=world.commune)
    return world


@pytest.fixture
def headers(world):
    """What an officer's program sends with every request."""
    _token, headers = make_token(user=world.officer, may_write=True)
    return headers | {"Accept-Encoding": "identity"}


@pytest.fixture
def known(world):
    """What the addresses may name that is there."""
    return {
        "assessments": {"id": world.assessment.pk},
        "communes": {"code": world.commune.code},
        "districts": {"code": world.district.code},
        "provinces": {"code": world.province.code},
        "recognitions": {"id": Recognition.objects.get().pk},
    }


@schema.parametrize()
@TRIES
def test_every_answer_fits_the_schema(case, headers, known):
    if all(isinstance(value, (int, str)) for value in case.path_parameters.values()):
        case.path_parameters |= (
            known.get(case.path.split("/")[3], {}) if case.path_parameters else {}
        )
    case.call_and_validate(headers=headers, excluded_checks=UNCHECKED)


@pytest.mark.parametrize("name", [name for name in operations() if name.startswith("GET")])
def test_what_is_asked_rightly_is_answered(client, headers, known, name):
    """Else all those refusals would prove nothing."""
    path = name.removeprefix("GET ")
    address = path.format(**known.get(path.split("/")[3], {})) + NEEDED.get(path, "")
    assert client.get(address, headers=headers).status_code == 200


def test_whatever_is_asked_in_a_row_fits_the_schema(headers):
    """Steps that follow from each other: what one answer names is asked for in the next."""
    machine = schema.as_state_machine()

    class Program(machine):
        def get_call_kwargs(self, case):
            return {"headers": headers}

        def validate_response(self, response, case, **kwargs):
            case.validate_response(response, excluded_checks=UNCHECKED, headers=headers)

    Program.run(settings=TRIES)
