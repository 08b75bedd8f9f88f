"""The databases that are measured: a file, or a server thrown away afterwards."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from tests.support import postgres

from bench import floor


# Unlike that of the tests, this server must keep what it has said to be kept.
DURABLE = {
    "max_connections": "100",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "log_min_messages": "error",
}


@dataclass(frozen=True)
class Place:
    """A database, the folder beside it, and the floor's database."""

    name: str
    folder: Path
    url: str
    floor_url: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which the product finds this database."""
        return {
            **os.environ,
            "SHUOSHI_DEBUG": "1",
            "SHUOSHI_DATA": str(self.folder),
            "DATABASE_URL": self.url,
            "FLOOR_DATABASE": self.floor_url,
            "DJANGO_SETTINGS_MODULE": "shuoshi.config.settings",
        }

    def command(self, *words: str) -> dict[str, Any]:
        """Run a command of the product and return what it says with ``--json``."""
        return self._told("django", *words, "--json")

    def run(self, *words: str) -> None:
        """Run one of Django's own commands."""
        subprocess.run(
            [sys.executable, "-m", "django", *words, "--verbosity", "0"],
            env=self.environment,
            check=True,
            stdout=sys.stderr,
        )

    def module(self, name: str) -> Any:
        """Run a module of the bench inside the product and return what it says."""
        return self._told("bench.inside", name)

    def _told(self, *command: str) -> Any:
        told = subprocess.run(
            [sys.executable, "-m", *command],
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return json.loads(told.stdout)


@contextlib.contextmanager
def sqlite(root: Path) -> Iterator[Place]:
    """Make a file in a folder of its own, gone afterwards."""
    with _folder(root) as folder:
        yield Place("sqlite", folder, "", floor.lay(folder))


@contextlib.contextmanager
def there(folder: Path) -> Iterator[Place]:
    """Take a folder as it is; it stays."""
    with _folder(Path(tempfile.gettempdir())) as aside:
        yield Place("sqlite", folder.resolve(), "", floor.lay(aside))


@contextlib.contextmanager
def postgresql(root: Path) -> Iterator[Place]:
    """Start a server that is thrown away afterwards."""
    with _folder(root) as folder:
        server = postgres.start(DURABLE)
        try:
            with psycopg.connect(server.url()) as made:
                made.execute(floor.MAKE.format(moment="timestamptz"))
                marks = ", ".join(["%s"] * floor.COLUMNS)
                made.cursor().executemany(
                    f"INSERT INTO bench_floor VALUES ({marks})", floor.rows()
                )
            yield Place("postgresql", folder, server.url(), server.url())
        finally:
            server.stop()


@contextlib.contextmanager
def _folder(root: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="shuoshi-bench-", dir=root) as name:
        yield Path(name)


PLACES = {"sqlite": sqlite, "postgresql": postgresql}
