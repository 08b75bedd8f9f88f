"""
Put a database back as the migrations left it, after a test that committed.

Django would empty every table instead: that loses the seeded rows, and the record
refuses it.
"""

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


PRISTINE = "pristine"


@dataclass
class Slate:
    """The state to come back to."""

    copy: sqlite3.Connection | None = None
    filled: list[str] = field(default_factory=list)

    def remember(self) -> None:
        """Keep what the migrations made."""
        if connection.vendor == "sqlite":
            self.copy = sqlite3.connect(":memory:", check_same_thread=False)
            _raw().backup(self.copy)
            return
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {PRISTINE}")
            for table in _tables():
                cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
                if cursor.fetchone() == (True,):
                    cursor.execute(
                        f'CREATE TABLE {PRISTINE}."{table}" AS TABLE "{table}"'
                    )
                    self.filled.append(table)

    def restore(self) -> None:
        """Bring it back."""
        if self.copy:
            self.copy.backup(_raw())
            return
        with connection.cursor() as cursor:
            # A replica fires no triggers, so even the record can be wiped.
            cursor.execute("SET session_replication_role = replica")
            names = ", ".join(f'"{table}"' for table in _tables())
            cursor.execute(f"TRUNCATE {names} CASCADE")
            for table in self.filled:
                cursor.execute(
                    f'INSERT INTO "{table}" SELECT * FROM {PRISTINE}."{table}"'
                )
            cursor.execute("SET session_replication_role = origin")


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        )
        return [name for (name,) in cursor.fetchall()]


def _raw() -> Any:
    connection.ensure_connection()
    return connection.connection
