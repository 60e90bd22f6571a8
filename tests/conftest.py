"""Fixtures that every test may use."""

import contextlib

import pytest
from django.db import connection, transaction

from tests.reference_copy import ReferenceCopy


@pytest.fixture(autouse=True)
def _files_of_the_test(settings, tmp_path):
    """What a test uploads or collects never reaches var/."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _memory_of_the_test():
    """Pages and tables remembered by data version: a rolled-back row's key comes again."""
    from django.core.cache import cache

    from criteria.sheets import forget_layouts
    from targets.snapshot import forget_snapshots

    cache.clear()
    forget_layouts()
    forget_snapshots()


@pytest.fixture(scope="module")
def _reference_of_the_module(django_db_setup, django_db_blocker):
    """Reference data in a transaction around all tests of a module, rolled back at its end."""
    from communes.reference import FIXTURES
    from targets.management.commands.load_reference import load_reference

    with django_db_blocker.unblock(), contextlib.ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        load_reference(FIXTURES)
        around = stack.pop_all()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.close()


@pytest.fixture
def reference(_reference_of_the_module, db):
    """Lạng Sơn with all of `fixtures/`; loaded once for a module.

    A module that uses it uses it in every test (`pytestmark`), and no transactional test.
    """
    from communes.models import Province

    return Province.objects.get(code="20")


@pytest.fixture(scope="module")
def _illustration_of_the_module(_reference_of_the_module, django_db_blocker):
    """The illustration on top, rolled back with the reference data."""
    from communes.models import Province
    from targets.illustration import writing

    with django_db_blocker.unblock():
        writing.load(Province.objects.get(code="20"))
        # Once and for all, or PostgreSQL would check every row again after each test.
        connection.check_constraints()


@pytest.fixture
def illustrated(_illustration_of_the_module, reference):
    """Lạng Sơn with reference data and illustration; loaded once for a module, in seconds."""
    return reference


@pytest.fixture
def reference_copy(tmp_path):
    """A copy of `fixtures/` that a test may spoil."""
    return ReferenceCopy(tmp_path / "fixtures")
