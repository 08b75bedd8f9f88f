"""Read the whole database as it is at one moment, while others go on writing."""

import copy
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from django.db import DEFAULT_DB_ALIAS, connection, connections

from shuoshi.backup.queries.tables import Table
from shuoshi.backup.rules.values import converted, spellers
from shuoshi.matters.queries.search import READ_INDEX


if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

PAGE: Final = 1000
# SQLite in WAL keeps the moment for a reader and lets the writer go on.
_BEGIN: Final = {
    "sqlite": "BEGIN",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}
_SIZE: Final = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    "postgresql": "SELECT pg_database_size(current_database())",
}


class Snapshot:
    """The database at one moment."""

    def __init__(self, other: "BaseDatabaseWrapper") -> None:
        """Read over a connection of its own."""
        self.other = other

    def rows(self, table: Table) -> Iterator[bytes]:
        """Return the rows of a table, each a line of JSON."""
        quoted = ", ".join(f'"{column}"' for column in table.columns)
        # Names come from our own models, never from outside.
        order = f'ORDER BY "{table.key}"'
        sql = f'SELECT {quoted} FROM "{table.name}" {order}'  # noqa: S608
        how = spellers(table.kinds)
        for row in self._asked(sql):
            yield _line(converted(list(row), how))

    def words(self) -> Iterator[bytes]:
        """Return the index of words, the same from either database."""
        for row in self._asked(READ_INDEX[self.other.vendor]):
            yield _line(list(row))

    def files(self) -> list[tuple[str, str]]:
        """Return id and digest of every file that was kept and not taken down."""
        # The digest is of the sealed bytes, as they lie in the store.
        sql = (
            "SELECT id, sha256 FROM files_attachment"
            " WHERE removed_at IS NULL ORDER BY id"
        )
        how = spellers(["uuid", "plain"])
        return [tuple(converted(list(row), how)) for row in self._asked(sql)]

    def _asked(self, sql: str) -> Iterator[tuple[Any, ...]]:
        with self.other.chunked_cursor() as cursor:
            cursor.execute(sql)
            while page := cursor.fetchmany(PAGE):
                yield from page


def _line(row: list[Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """Hold on to this moment of the database; nobody waits for it."""
    own = dict(copy.deepcopy(connection.settings_dict))
    if connection.vendor == "sqlite":
        # Only a reader: it must not take the one lock of the writers.
        own["OPTIONS"] = {**own["OPTIONS"], "transaction_mode": "DEFERRED"}
    other = connections.create_connection(DEFAULT_DB_ALIAS)
    other.settings_dict = own
    try:
        with other.cursor() as cursor:
            cursor.execute(_BEGIN[other.vendor])
            # SQLite takes the moment with the first look.
            cursor.execute("SELECT count(*) FROM django_migrations")
        yield Snapshot(other)
    finally:
        other.close()


def database_size() -> int:
    """Return about how many bytes the database takes."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZE[connection.vendor])
        return int(cursor.fetchone()[0])
