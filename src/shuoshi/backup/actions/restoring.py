"""Restore a backup into an empty house: all of it, or nothing."""

import contextlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from shuoshi.backup.actions.erasures import erase_again
from shuoshi.backup.queries.tables import (
    lives_here,
    migrations_applied,
    migrations_known,
)
from shuoshi.backup.queries.tables import models as all_models
from shuoshi.backup.rules.archive import Cipher, read_header, reading, unlock
from shuoshi.backup.rules.content import (
    House,
    Nothing,
    TableHead,
    Totals,
    listen,
)
from shuoshi.backup.rules.keys import SecretKey
from shuoshi.backup.rules.refusals import ArchiveBroken, RestoreRefused
from shuoshi.backup.rules.secrets import check_secrets
from shuoshi.backup.rules.values import converted, writers
from shuoshi.matters.actions.search import enter_words
from shuoshi.trail.actions.notes import note


BATCH: Final = 500


@dataclass(frozen=True)
class Restored:
    """What was restored, and what the proof of the record says of it."""

    made_at: str
    totals: Totals
    erased_again: int
    verified: dict[str, Any]

    @property
    def ok(self) -> bool:
        return bool(self.verified.get("ok"))


def restore_backup(
    file: Path, secret: SecretKey, *, by: str, now: datetime
) -> Restored:
    """
    Read a backup wholly, then put the house it holds into this empty one.

    Erasures that were noted beside the backup after it was made are done again, and the
    record is proved. Do not call it inside a transaction.

    :raises RestoreRefused: if the file or the place is not fit for it; nothing changed.
    """
    try:
        with file.open("rb") as opened:
            header = read_header(opened)
            cipher, start = unlock(header, secret), opened.tell()
            house, totals = _looked_through(opened, cipher)
            _check_place(house)
            _migrate(house)
            opened.seek(start)
            erased = _take_in(opened, cipher, totals, file.parent, by=by, now=now)
    except OSError as error:
        raise RestoreRefused(
            _("备份文件读不出来：%(why)s。") % {"why": error.strerror or str(error)}
        ) from error
    # A backup of an older version is brought up to this one.
    call_command("migrate", verbosity=0)
    return Restored(header.made_at, totals, erased, _proved())


class _House(Nothing):
    """Remembers only which house it is."""

    def __init__(self) -> None:
        self.seen: House | None = None

    def house(self, house: House) -> None:
        self.seen = house


def _looked_through(opened: BinaryIO, cipher: Cipher) -> tuple[House, Totals]:
    """Read all of it before anything is changed."""
    taker = _House()
    totals = listen(reading(opened, cipher), taker)
    if taker.seen is None:
        raise ArchiveBroken(_("这个备份里没有内容。"))
    return taker.seen, totals


def _check_place(house: House) -> None:
    check_secrets(house.secrets)
    if lives_here():
        raise RestoreRefused(
            _("这里的数据库不是空的。请换一个空的数据库再恢复；原来的不会动。")
        )
    wanted = {(app, name) for app, name in house.migrations}
    if _ours(wanted) - migrations_known():
        raise RestoreRefused(_("这个备份是更新版本的说事做的，请先升级程序。"))
    if set(migrations_applied()) - wanted:
        raise RestoreRefused(
            _("这个数据库的版本比备份新。请给一个还没有建表的空数据库。")
        )


def _ours(migrations: set[tuple[str, str]]) -> set[tuple[str, str]]:
    # What was squashed or left with an old version of a library is not asked for.
    apps = {app for app, _name in migrations_known()}
    return {(app, name) for app, name in migrations if app in apps}


def _migrate(house: House) -> None:
    """Bring the empty database to the very state in which the backup was made."""
    executor = MigrationExecutor(connection)
    wanted = _ours({(app, name) for app, name in house.migrations})
    graph = executor.loader.graph
    last = [
        node
        for node in wanted
        if not any(child.key in wanted for child in graph.node_map[node].children)
    ]
    executor.migrate(sorted(last))


def _take_in(
    opened: BinaryIO,
    cipher: Cipher,
    totals: Totals,
    folder: Path,
    *,
    by: str,
    now: datetime,
) -> int:
    loader = _Loader()
    try:
        with transaction.atomic():
            if listen(reading(opened, cipher), loader) != totals:
                raise ArchiveBroken(_("备份文件在恢复途中变了。"))
            loader.check(totals)
            loader.set_sequences()
            erased = erase_again(folder, now=now)
            note("backup.restored", by=by, at=now, detail={"rows": totals.all_rows})
    except BaseException:
        for name in loader.written:
            default_storage.delete(name)
        raise
    return erased


@dataclass
class _Loader(Nothing):
    """Puts everything where it belongs, in the transaction at hand."""

    written: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)

    def house(self, house: House) -> None:
        """Make room: what the migrations entered comes back with the backup."""
        with connection.cursor() as cursor:
            for model in all_models():
                table = model._meta.db_table
                if table in connection.introspection.table_names(cursor):
                    _empty(cursor, table)

    def table(self, head: TableHead, rows: Iterator[list[Any]]) -> None:
        """Enter the rows of a table."""
        how = writers(connection.vendor, head.kinds)
        columns = ", ".join(f'"{column}"' for column in head.columns)
        ready = (converted(row, how) for row in rows)
        self.loaded.append(head.name)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{head.name}" ({columns}) FROM STDIN') as into:
                    for row in ready:
                        into.write_row(row)
                return
            marks = ", ".join(["%s"] * len(head.columns))
            sql = f'INSERT INTO "{head.name}" ({columns}) VALUES ({marks})'  # noqa: S608
            while batch := list(islice(ready, BATCH)):
                cursor.executemany(sql, batch)

    def words(self, rows: Iterator[list[Any]]) -> None:
        """Enter the index of words."""
        while batch := list(islice(rows, BATCH)):
            enter_words((int(row[0]), str(row[1]).split()) for row in batch)

    def file(self, name: str, content: bytes) -> None:
        """Put a sealed file into the store; one left by a broken restore gives way."""
        default_storage.delete(name)
        self.written.append(name)
        default_storage.save(name, ContentFile(content))

    def check(self, totals: Totals) -> None:
        """
        Count what is there.

        :raises ArchiveBroken: if it is not what the backup holds.
        """
        with connection.cursor() as cursor:
            for name in self.loaded:
                cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608
                if cursor.fetchone()[0] != totals.rows[name]:
                    raise ArchiveBroken(
                        _("恢复后的条数与备份不符：%(table)s。") % {"table": name}
                    )

    def set_sequences(self) -> None:
        """Let the next number follow the last."""
        present = set(connection.introspection.table_names())
        models = [one for one in all_models() if one._meta.db_table in present]
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(sql)


def _empty(cursor: Any, table: str) -> None:
    # The record refuses even an empty DELETE on PostgreSQL.
    cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608
    if cursor.fetchone():
        cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608


def _proved() -> dict[str, Any]:
    """Run ``verify`` and return what it says."""
    said = io.StringIO()
    # It ends the process where something was found: that is in what was said.
    with contextlib.suppress(SystemExit):
        call_command("verify", "--json", stdout=said, stderr=io.StringIO())
    return dict(json.loads(said.getvalue() or "{}"))
