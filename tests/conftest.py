"""What every test stands on: a cheap hasher, plain static files, a clean slate."""

import os
import sys

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import timezone, translation

from shuoshi.accounts.rules.throttles import Throttle
from tests.support import environment
from tests.support.signing import teach_clients
from tests.support.slate import Slate


# The same examples each time, and no stopwatch: a busy machine fails no test.
# HYPOTHESIS_PROFILE=search looks further.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.register_profile(
    "search", deadline=None, max_examples=1000, print_blob=True
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_configure() -> None:
    """Change only what would make tests slow or tie them to a built tree."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }


@pytest.fixture(scope="session", autouse=True)
def whole_sign_ins():
    """Sign clients in with password and second factor, as the house demands."""
    teach_clients()


@pytest.fixture(autouse=True)
def own_language():
    """Let no test speak the language of the one before."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def one_stretch(monkeypatch):
    """Let no stretch of a throttle end by itself while a test goes by the clock."""
    begun, slot = timezone.now(), Throttle.slot

    def steady(throttle, now):
        within = begun <= now < begun + throttle.per
        return slot(throttle, begun if within else now)

    monkeypatch.setattr(Throttle, "slot", steady)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Keep SQLite in a file, as in life: threads and processes may share it."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        name = environment.DATA / "tests.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(name)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Remember the fresh database; tests that commit are wiped back to it."""
    slate = Slate()
    with django_db_blocker.unblock():
        slate.remember()
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda case: slate.restore()
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(scope="module")
def shared_rows(django_db_setup, django_db_blocker):
    """Let a fixture write once for all tests of its module; each still undoes its own."""
    whole = transaction.atomic()
    # As Django marks its own: what must not stand in a transaction does not mind this one.
    whole._from_testcase = True
    with django_db_blocker.unblock(), whole:
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Forget what queries remember: the next test has other rows under the same keys."""
    yield
    # Copied whole: another thread may still be importing.
    for name, module in sys.modules.copy().items():
        if name.startswith("shuoshi.") and ".queries" in name:
            for thing in vars(module).copy().values():
                getattr(thing, "cache_clear", bool)()


@pytest.fixture
def vendor():
    """Say which database the test runs on: sqlite or postgresql."""
    return connection.vendor
