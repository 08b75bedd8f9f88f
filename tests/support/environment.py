"""
Set the scene before Django's settings are read.

``SHUOSHI_TEST_DB=postgres`` starts one real PostgreSQL for the whole run; the xdist
workers inherit its address and make a database each.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support import postgres


DATA = Path(tempfile.mkdtemp(prefix="shuoshi-tests-"))
# Whatever stands in the developer's shell must not reach a test.
FOREIGN = [
    "DATABASE_URL",
    "SHUOSHI_SECRET_KEY",
    "SHUOSHI_KEYS",
    "SHUOSHI_HASH_KEYS",
    "SHUOSHI_STATIC",
    "SHUOSHI_HOSTS",
    "SHUOSHI_ORIGINS",
    "SHUOSHI_HTTPS",
    "SHUOSHI_DEBUG",
    "SHUOSHI_CALM",
    "SHUOSHI_SECOND_FACTOR",
    "SHUOSHI_HOUSE_WORDS",
    "SHUOSHI_IDLE_MINUTES",
    "SHUOSHI_SESSION_HOURS",
    "SHUOSHI_PROXIES",
    "SHUOSHI_OIDC_ISSUER",
    "SHUOSHI_LDAP_URL",
    "SHUOSHI_SMS_URL",
    "SHUOSHI_MAIL",
    "SHUOSHI_ADDRESS",
]
SERVERS: list[postgres.Postgres] = []


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Choose data folder and database; pytest-django reads the settings after this."""
    os.environ["SHUOSHI_DATA"] = str(DATA)
    # WhiteNoise warns where nothing was collected yet, and warnings are errors.
    (DATA / "static").mkdir(exist_ok=True)
    if not _is_worker():
        for name in FOREIGN:
            os.environ.pop(name, None)
        if os.environ.get("SHUOSHI_TEST_DB") == "postgres":
            SERVERS.append(postgres.start())
            os.environ["DATABASE_URL"] = SERVERS[0].url()
    return (yield)


@pytest.hookimpl
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out on PostgreSQL what asks no database, or is of SQLite alone."""
    if os.environ.get("SHUOSHI_TEST_DB") != "postgres":
        return
    kept = [item for item in items if _is_of_postgres(item)]
    config.hook.pytest_deselected(items=list(set(items) - set(kept)))
    items[:] = kept


def _is_of_postgres(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    asks = fixtures & {"db", "transactional_db", "vendor"}
    return not item.get_closest_marker("sqlite") and bool(
        asks or item.get_closest_marker("django_db")
    )


@atexit.register
def pytest_unconfigure() -> None:
    """Leave nothing behind, even where the tests never began."""
    for server in SERVERS:
        server.stop()
    shutil.rmtree(DATA, ignore_errors=True)
