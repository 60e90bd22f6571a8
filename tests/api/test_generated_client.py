"""A client that openapi-python-client makes from the committed schema, against a live server."""

import importlib
import subprocess
import sys

import pytest

from tests.api.test_schema import COMMITTED
from tests.factories import make_commune, make_province, make_token, make_user

PACKAGE = "ntm_tracker_client"


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The client as a package that can be imported."""
    folder = tmp_path_factory.mktemp("client")
    config = folder / "config.yaml"
    config.write_text("post_hooks: []\n")
    command = [sys.executable, "-m", "openapi_python_client", "generate"]
    options = ["--path", str(COMMITTED), "--config", str(config), "--output-path", folder / "out"]
    made = subprocess.run([*command, *options], capture_output=True, text=True, cwd=folder)
    assert made.returncode == 0, made.stdout + made.stderr
    # a warning says that a part of the schema could not be made into code
    assert "arning" not in made.stdout, made.stdout
    sys.path.insert(0, str(folder / "out"))
    yield PACKAGE
    sys.path.remove(str(folder / "out"))
    for name in [name for name in sys.modules if name.startswith(PACKAGE)]:
        del sys.modules[name]


def test_a_generated_client_reads_communes(package, live_server):
    province = make_province(code="20")
    make_commune(province=province, code="06334", name="Hội Hoan")
    reader = make_user(role="viewer", province=province)
    text = make_token(user=reader)[1]["Authorization"].removeprefix("Bearer ")
    client = importlib.import_module(package).AuthenticatedClient(live_server.url, token=text)
    communes = importlib.import_module(f"{package}.api.communes.communes_list")
    with client:
        found = communes.sync(client=client, q="hoi hoan")
    assert [(row.code, row.name) for row in found.results] == [("06334", "Hội Hoan")]
