"""The tools behind the Makefile."""

import ast
import os
import stat
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from ntm_tracker.tools import check, environment, programs
from ntm_tracker.tools.environment import ROOT, CannotSetUp
from ntm_tracker.tools.postgres import free_port, server

OLD_PYTHON = """
import runpy, sys
sys.version_info = (3, 9, 2)
sys.argv = ["tools", "run"]
runpy.run_module("ntm_tracker.tools", run_name="__main__")
"""


def python(*arguments, **variables):
    inherited = {name: value for name, value in os.environ.items() if "XDIST" not in name}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=inherited | variables,
        capture_output=True,
        text=True,
    )


class TestRun:
    @pytest.mark.parametrize(
        ("name", "value", "begins"),
        [
            ("PORT", "abc", "PORT is 'abc';"),
            ("DATABASE_URL", "mysql://localhost/ntm", "DATABASE_URL cannot be used:"),
        ],
    )
    def test_refuses_bad_input_in_one_sentence(self, name, value, begins):
        variables = {"PORT": str(free_port()), name: value}
        result = python("-m", "ntm_tracker.tools", "run", **variables)
        assert result.returncode == 1
        assert result.stderr.startswith(begins)
        assert result.stderr.count("\n") == 1

    def test_refuses_an_old_python_in_one_sentence(self):
        result = python("-c", OLD_PYTHON)
        assert result.returncode == 1
        assert result.stderr.startswith("NTM Tracker needs Python 3.11 or newer; this is 3.9.")
        assert result.stderr.count("\n") == 1

    @pytest.mark.parametrize("name", ["__init__.py", "tools/__init__.py", "tools/__main__.py"])
    def test_what_an_old_python_meets_first_has_no_new_syntax(self, name):
        tree = ast.parse((ROOT / "ntm_tracker" / name).read_text(), feature_version=(3, 4))
        new = ast.JoinedStr | ast.AnnAssign | ast.NamedExpr | ast.Match
        assert not [node for node in ast.walk(tree) if isinstance(node, new)]

    def test_keeps_the_secret_key_it_made(self, tmp_path):
        path = tmp_path / "var" / "secret_key"
        environment.make_secret_key(path)
        key = path.read_text()
        environment.make_secret_key(path)
        assert path.read_text() == key
        assert len(key) > 50
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_says_which_folder_cannot_be_written(self, tmp_path):
        (tmp_path / "var").touch()
        with pytest.raises(CannotSetUp, match=r"var cannot be written: .* Set VAR_DIR"):
            environment.make_secret_key(tmp_path / "var" / "secret_key")


class TestEnvironment:
    @pytest.fixture
    def venv(self, tmp_path, monkeypatch):
        """A working environment in a folder of its own, and the files that pip would install."""
        installed = []
        monkeypatch.setattr(environment, "ROOT", tmp_path)
        monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
        monkeypatch.setattr(environment, "_install", installed.append)
        for name in (environment.USERS, environment.DEVELOPERS):
            (tmp_path / name).write_text("Django\n")
        return installed

    def test_installs_once(self, venv):
        environment.ensure()
        environment.ensure()
        assert venv == [environment.USERS]

    def test_installs_what_developers_need_besides(self, venv):
        environment.ensure()
        environment.ensure(dev=True)
        environment.ensure()
        assert venv == [environment.USERS, environment.DEVELOPERS]

    def test_installs_again_when_the_requirements_change(self, venv, tmp_path):
        environment.ensure(dev=True)
        (tmp_path / environment.USERS).write_text("Django\npandas\n")
        environment.ensure(dev=True)
        assert venv == [environment.DEVELOPERS] * 2

    def test_makes_an_environment_again_that_does_not_work(self, venv, tmp_path, monkeypatch):
        made = []
        monkeypatch.setattr(environment, "PYTHON", tmp_path / "no-python")
        monkeypatch.setattr(environment, "_make_venv", lambda: made.append(True))
        environment.ensure()
        assert made == [True]


class TestPostgres:
    def test_serves_an_empty_database_and_leaves_nothing(self):
        with server() as url, psycopg2.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            folder = cursor.fetchone()[0]
            assert Path(folder).exists()
        connection.close()
        assert not Path(folder).exists()
        with pytest.raises(psycopg2.OperationalError):
            psycopg2.connect(url)


class TestPrograms:
    def test_takes_the_browser_that_is_named(self, monkeypatch):
        monkeypatch.setenv("CHROMIUM", "/opt/chromium")
        assert str(programs.ensure_browser()) == "/opt/chromium"

    def test_says_what_to_install_when_it_may_not(self, monkeypatch, tmp_path):
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(CannotSetUp, match="apt-get install gettext"):
            programs.ensure_gettext()


class TestCheck:
    @pytest.fixture(autouse=True)
    def _nothing_to_install(self, monkeypatch):
        monkeypatch.setattr(environment, "ensure", lambda dev: None)

    def part(self, title, code, **fields):
        return check.Part(title, [sys.executable, "-c", code], **fields)

    def counting(self, title, counts, code=0):
        write = f"import os; open(os.environ['NTM_COUNTS'], 'w').write('{counts}'); exit({code})"
        return self.part(title, write, counts_tests=True)

    def test_runs_every_part_though_one_fails(self, capfd):
        parts = [self.part("first", "exit(3)"), self.part("second", "print('was here')")]
        assert check._run_all(parts) == 1
        out = capfd.readouterr().out
        assert "was here" in out
        assert "Not good: first." in out

    def test_closes_with_the_tests_of_all_parts(self, capfd):
        parts = [
            self.counting("one", '{"passed": 3, "failed": 0}'),
            self.counting("two", '{"passed": 4, "failed": 1, "error": 1}', code=1),
        ]
        assert check._run_all(parts) == 1
        assert capfd.readouterr().out.splitlines()[-1] == "7 passed, 2 failed"

    def test_counts_tests_that_could_not_run_as_failed(self, capfd):
        def missing():
            raise CannotSetUp("No browser.")

        parts = [self.counting("one", '{"passed": 3}'), self.part("two", "", counts_tests=True)]
        parts[1].needs = missing
        assert check._run_all(parts) == 1
        assert "No browser." in (out := capfd.readouterr().out)
        assert out.splitlines()[-1] == "3 passed, 1 failed"

    def test_is_good_when_all_is(self, capfd):
        assert check._run_all([self.counting("one", '{"passed": 3, "failed": 0}')]) == 0
        assert capfd.readouterr().out.endswith("All good.\n3 passed, 0 failed\n")

    def test_lets_no_test_be_skipped(self, tmp_path):
        test = tmp_path / "test_skipping.py"
        test.write_text("import pytest\ndef test_it():\n    pytest.skip('no reason')\n")
        plugins = ["-p", "tests.plugins.counted", "-p", "no:django", "-p", "no:cacheprovider"]
        result = python(
            *["-m", "pytest", "-c", os.devnull, "--rootdir", str(tmp_path), *plugins, str(test)],
            NTM_COUNTS=str(tmp_path / "counts.json"),
        )
        assert result.returncode == 1
        assert "Skipped, which counts as failed" in result.stdout
