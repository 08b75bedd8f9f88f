"""Make a backup: written, read again, checked, and only then called one."""

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from shuoshi.backup.actions.erasures import note_erasures
from shuoshi.backup.queries.folder import backups_in
from shuoshi.backup.queries.snapshot import Snapshot, database_size, snapshot
from shuoshi.backup.queries.tables import (
    migrations_applied,
    migrations_known,
    tables,
)
from shuoshi.backup.rules.archive import Cipher, Header, Writer, begin, reading
from shuoshi.backup.rules.content import (
    House,
    Nothing,
    TableHead,
    Teller,
    Totals,
    listen,
)
from shuoshi.backup.rules.keeping import kept, name_at, parsed_keep
from shuoshi.backup.rules.keys import public_key
from shuoshi.backup.rules.refusals import ArchiveBroken, BackupRefused
from shuoshi.backup.rules.secrets import checks
from shuoshi.common.sealing import ALGORITHMS, ring
from shuoshi.files.models import Attachment
from shuoshi.trail.actions.notes import note


PART: Final = ".part"
STALE: Final = timedelta(days=1)
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """A backup that was made, and the older ones it took the place of."""

    file: Path
    size: int
    totals: Totals
    pruned: list[str]
    sha256: str


def make_backup(
    folder: Path, *, by: str, now: datetime, told: Told = lambda _done, _total: None
) -> Made:
    """
    Write a backup of the whole house into a folder, check it, prune the older ones.

    Others may go on writing: it holds the house as it is at one moment. Do not call it
    inside a transaction.

    :raises BackupRefused: if it cannot be made; then there is no new file.
    """
    try:
        made = _made(folder, now=now, told=told)
    except (BackupRefused, ArchiveBroken) as refusal:
        _note_failure(type(refusal).__name__, by=by, now=now)
        raise
    except OSError as error:
        _note_failure(errno.errorcode.get(error.errno or 0, ""), by=by, now=now)
        raise BackupRefused(_in_words(error)) from error
    note(
        "backup.made",
        by=by,
        at=now,
        detail={
            "file": made.file.name,
            "sha256": made.sha256,
            "rows": made.totals.all_rows,
            "files": made.totals.files,
            "missing": len(made.totals.missing),
            "pruned": made.pruned,
        },
    )
    return made


def _note_failure(why: str, *, by: str, now: datetime) -> None:
    # Where even the record cannot be written, the first reason is the one to tell.
    with contextlib.suppress(DatabaseError):
        note("backup.failed", by=by, at=now, detail={"why": why})


def _made(folder: Path, *, now: datetime, told: Told) -> Made:
    if not settings.SHUOSHI_BACKUP_KEY:
        raise BackupRefused(
            _("还没有备份公钥：先运行 shuoshi backup-key，把私钥抄在纸上收好。")
        )
    key = public_key(settings.SHUOSHI_BACKUP_KEY)
    if migrations_known() - set(migrations_applied()):
        raise BackupRefused(_("数据库版本较旧，请先运行 shuoshi migrate。"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder, now=now)
    _check_space(folder)
    file = folder / name_at(now)
    part = folder / f".{file.name}{PART}"
    header, cipher = begin(key, _algorithm(), made_at=now)
    try:
        with _new(part) as opened:
            totals = _write(opened, header, cipher, now=now, told=told)
        size, digest = _check(part, cipher, header, totals)
        # What reads this folder sees a whole backup or none.
        part.rename(file)
        _sync(folder)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    note_erasures(folder)
    return Made(file, size, totals, _prune(folder), digest)


def _algorithm() -> str:
    """Return the name of the way in which the ring seals now."""
    current = ring().current.algorithm
    return next(name for name, one in ALGORITHMS.items() if one == current)


@contextlib.contextmanager
def _new(part: Path) -> Iterator[BinaryIO]:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened:
        yield opened
        opened.flush()
        os.fsync(opened.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(
    opened: BinaryIO, header: Header, cipher: Cipher, *, now: datetime, told: Told
) -> Totals:
    writer = Writer(opened, header, cipher)
    house = House(
        made_at=now.isoformat(),
        vendor=connection.vendor,
        migrations=[list(one) for one in migrations_applied()],
        secrets=checks(),
    )
    teller = Teller(writer.write, house)
    with snapshot() as moment:
        _tell_tables(teller, moment, told)
        files = moment.files()
    _tell_files(teller, files, told)
    totals = teller.end()
    writer.close()
    return totals


def _tell_tables(teller: Teller, moment: Snapshot, told: Told) -> None:
    all_tables = tables()
    for done, table in enumerate(all_tables):
        told(done, len(all_tables))
        head = TableHead(table.name, table.columns, table.kinds)
        teller.table(head, moment.rows(table))
    teller.words(moment.words())
    told(len(all_tables), len(all_tables))


def _tell_files(teller: Teller, files: list[tuple[str, str]], told: Told) -> None:
    for done, (file_id, digest) in enumerate(files):
        told(done, len(files))
        name = Attachment(id=UUID(hex=file_id)).stored_as
        try:
            with default_storage.open(name) as stored:
                content = stored.read()
        except FileNotFoundError:
            # Taken down since this moment, or lost: the backup says which.
            teller.totals.missing.append(name)
            continue
        if hashlib.sha256(content).hexdigest() != digest:
            teller.totals.missing.append(name)
        teller.file(name, content)


def _check(
    part: Path, cipher: Cipher, header: Header, totals: Totals
) -> tuple[int, str]:
    """Read it again as if from somewhere else: what is on the disk is what counts."""
    digest = hashlib.sha256()
    with part.open("rb") as written:
        for block in iter(lambda: written.read(1 << 20), b""):
            digest.update(block)
        size = written.tell()
        written.seek(0)
        skip = len(written.readline()) + len(written.readline())
        written.seek(skip)
        if listen(reading(written, cipher), Nothing()) != totals:
            raise ArchiveBroken(_("写下的备份与数据库里的不一致，没有保留。"))
    return size, digest.hexdigest()


def _check_space(folder: Path) -> None:
    files = sum(
        Attachment.objects.filter(removed_at=None).values_list("size", flat=True)
    )
    # Rows are squeezed to less than half, sealed files not at all.
    needed = database_size() // 2 + files
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupRefused(
            _("备份文件夹放不下：大约要%(needed)d兆，只剩%(free)d兆。")
            % {"needed": needed >> 20, "free": free >> 20}
        )


def _sweep(folder: Path, *, now: datetime) -> None:
    """Take away what a killed run left."""
    for part in folder.glob(f".*{PART}"):
        if part.stat().st_mtime < (now - STALE).timestamp():
            part.unlink()


def _prune(folder: Path) -> list[str]:
    found = backups_in(folder)
    stays = kept(found, parsed_keep(settings.SHUOSHI_BACKUP_KEEP))
    gone = [file for moment, file in sorted(found.items()) if moment not in stays]
    for file in gone:
        file.unlink()
    return [file.name for file in gone]


def _in_words(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return _("备份文件夹满了，没有做成备份；原来的备份都还在。")
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return _("备份文件夹不能写，没有做成备份；请检查权限。")
    return _("备份没有做成：%(why)s。") % {
        "why": error.strerror or type(error).__name__
    }
