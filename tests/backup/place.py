"""Empty places to restore into: a database and a folder that nobody lives in."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from django.db import connection

from tests.support.crowd import address


SCRIPT = Path(sys.executable).with_name("shuoshi")
COUNT = """
import json, sys, django
django.setup()
from django.conf import settings
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
from django.db import connection
from django.test import Client
from shuoshi.backup.queries.tables import tables
from shuoshi.files.models import Attachment
from shuoshi.files.queries import read

told = json.loads(sys.argv[1])
counts = {}
with connection.cursor() as cursor:
    for table in tables():
        cursor.execute(f'SELECT count(*) FROM "{table.name}"')
        counts[table.name] = cursor.fetchone()[0]
print(json.dumps({
    "counts": counts,
    "shown": [
        Client(HTTP_HOST="localhost").post("/progress/", {"receipt": one}).status_code
        for one in told["receipts"]
    ],
    "files": {one: read(Attachment.objects.get(pk=one)).hex() for one in told["files"]},
}))
"""


class Place:
    """Somewhere with a database and a folder of its own."""

    def __init__(self, data: Path, url: str) -> None:
        self.data, self.url = data, url

    def environment(self, **more: str) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("COV", "DJANGO", "SHUOSHI", "PYTEST"))
        }
        return kept | {
            "SHUOSHI_DEBUG": "1",
            "SHUOSHI_DATA": str(self.data),
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "shuoshi.config.settings",
            **more,
        }

    def shuoshi(self, *given: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [SCRIPT, *given],
            env=self.environment(**more),
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def asked(self, **told) -> dict:
        done = subprocess.run(
            [sys.executable, "-c", COUNT, json.dumps(told)],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    def is_untouched(self) -> bool:
        """Tell whether nothing was ever put here."""
        if self.url.startswith("sqlite"):
            return not (self.data / "shuoshi.sqlite3").exists() or not self._tables()
        return not self._tables()

    def _tables(self) -> list:
        if self.url.startswith("sqlite"):
            import sqlite3  # noqa: PLC0415

            with sqlite3.connect(self.data / "shuoshi.sqlite3") as there:
                return there.execute("SELECT name FROM sqlite_master").fetchall()
        with psycopg.connect(self.url) as there:
            return there.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()


@contextmanager
def empty_place(folder: Path, vendor: str):
    """Make an empty place for a database of this make, and take it down afterwards."""
    data = folder / f"house-{uuid4().hex[:8]}"
    data.mkdir()
    if vendor == "sqlite":
        yield Place(data, f"sqlite:///{data / 'shuoshi.sqlite3'}")
        return
    name = f"drill_{uuid4().hex[:8]}"
    here = address()
    with psycopg.connect(here, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        yield Place(data, here.rpartition("/")[0] + f"/{name}")
    finally:
        with psycopg.connect(here, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def vendors() -> list[str]:
    """Return the databases at hand: SQLite always, PostgreSQL where it runs."""
    return ["sqlite"] if connection.vendor == "sqlite" else ["postgresql", "sqlite"]
