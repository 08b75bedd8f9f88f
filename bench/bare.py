"""
The least a raise could cost: the rows of one, inserted by the driver alone.

``python -m bench.bare`` takes the matter that was raised last, and writes its rows again
and again in a transaction each, under new ids, into the same tables with the same indexes
and triggers. Run it last: these histories have no seals and no order.
"""

import json
import os
import sqlite3
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg


COUNT, SECONDS, WARM = 200, 10.0, 10
# The tables of a raise, and by which column their rows belong to the matter.
TABLES = {
    "matters_matter": "id",
    "trail_event": "about",
    "matters_claim": "matter_id",
    "matters_speaker": "matter_id",
    "matters_clockentry": "matter_id",
    "notices_notice": "about",
}
NEXT = (
    "UPDATE matters_series SET last = last + 1"
    " WHERE mine_id = {m} AND name = 'matters' AND year = {m} RETURNING last"
)


class Driver:
    """What differs between the two drivers."""

    def __init__(self, url: str) -> None:
        """Connect as the product does."""
        self.is_sqlite = not url
        if self.is_sqlite:
            file = Path(os.environ["SHUOSHI_DATA"]) / "shuoshi.sqlite3"
            self.connection: Any = sqlite3.connect(file, isolation_level=None)
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute("PRAGMA synchronous=NORMAL")
            self.begin, self.mark, self.key = "BEGIN IMMEDIATE", "?", "rowid"
        else:
            self.connection = psycopg.connect(url, autocommit=True)
            self.begin, self.mark, self.key = "BEGIN", "%s", "matter_id"

    def all(self, question: str, *given: Any) -> tuple[list[str], list[list[Any]]]:
        """Return the columns and the rows of an answer."""
        found = self.connection.execute(question.replace("{m}", self.mark), given)
        return [column[0] for column in found.description], list(
            map(list, found.fetchall())
        )

    def insert(self, table: str, columns: list[str], values: list[Any]) -> Any:
        """Insert one row."""
        marks = ", ".join([self.mark] * len(columns))
        back = " RETURNING id" if table == "matters_matter" else ""
        return self.connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}){back}", values
        )

    def new_uid(self) -> Any:
        uid = uuid.uuid4()
        return uid.hex if self.is_sqlite else uid


Rows = list[tuple[str, list[str], list[Any]]]


def rows_of_last(driver: Driver) -> tuple[Rows, str]:
    """Return what the last raise wrote, and the words of its index."""
    _, last = driver.all("SELECT id, uid FROM matters_matter ORDER BY id DESC LIMIT 1")
    pk, uid = last[0]
    found: Rows = []
    for table, column in TABLES.items():
        owner = uid if column == "about" else pk
        names, rows = driver.all(f"SELECT * FROM {table} WHERE {column} = {{m}}", owner)
        left_out = names.index("id") if "id" in names else None
        for row in rows:
            kept = [
                (name, value)
                for place, (name, value) in enumerate(zip(names, row, strict=True))
                if place != left_out
            ]
            found.append((table, [n for n, _ in kept], [v for _, v in kept]))
    _, words = driver.all(
        f"SELECT words FROM matters_search WHERE {driver.key} = {{m}}", pk
    )
    names, dirty = driver.all(
        "SELECT mine_id, day FROM matters_dirty ORDER BY id DESC LIMIT 1"
    )
    found.append(("matters_dirty", names, dirty[0]))
    return _as_written(found), words[0][0]


def _as_written(rows: Rows) -> Rows:
    """Let JSON be written as it was read."""
    return [
        (table, names, [json.dumps(v) if isinstance(v, dict) else v for v in values])
        for table, names, values in rows
    ]


def writer(driver: Driver) -> Callable[[], None]:
    """Return the transaction."""
    rows, words = rows_of_last(driver)
    matter = dict(zip(rows[0][1], rows[0][2], strict=True))

    def write() -> None:
        driver.connection.execute(driver.begin)
        _, taken = driver.all(NEXT, matter["mine_id"], matter["year"])
        serial, uid = taken[0][0], driver.new_uid()
        fresh = {
            "uid": uid,
            "about": uid,
            "serial": serial,
            "number": f"{matter['year']}-{serial:04}",
            "receipt_digest": uuid.uuid4().hex * 2,
        }
        for table, names, values in rows:
            row = [
                fresh.get(name, value)
                for name, value in zip(names, values, strict=True)
            ]
            made = driver.insert(table, names, row)
            if table == "matters_matter":
                fresh["matter_id"] = made.fetchone()[0]
        driver.insert(
            "matters_search", [driver.key, "words"], [fresh["matter_id"], words]
        )
        driver.connection.execute("COMMIT")

    return write


def main() -> None:
    """Write, and print how long each transaction took."""
    write = writer(Driver(os.environ.get("DATABASE_URL", "")))
    for _ in range(WARM):
        write()
    seconds: list[float] = []
    until = time.monotonic() + SECONDS
    while len(seconds) < COUNT and time.monotonic() < until:
        started = time.perf_counter()
        write()
        seconds.append(time.perf_counter() - started)
    json.dump(seconds, sys.stdout)


if __name__ == "__main__":
    main()
