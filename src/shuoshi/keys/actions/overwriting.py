"""Let what was erased be gone from the disk as well."""

from typing import Final

from django.db import connection


# Milliseconds: nobody who writes shall wait long for somebody who reads.
PATIENCE: Final = 1500


def overwrite_log() -> bool:
    """
    Write SQLite's log back and cut it, old pages and all; False if somebody still reads.

    Do not call it inside a transaction. PostgreSQL keeps no such file of ours.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return connection.vendor != "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not cursor.fetchone()[0]
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
