"""
What a backup says, line by line: the house, its tables, its words, its files, the end.

The end counts everything and carries the digest of every table, so that a backup which
was written wrongly is found when it is read again, not when it is needed.
"""

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _

from shuoshi.backup.rules.refusals import ArchiveBroken


FILE: Final = re.compile(r"[0-9a-f]{2}/[0-9a-f]{30}\.bin")
NAME: Final = re.compile(r"[a-z0-9_]{1,63}")
# A file of a matter is 20 MB at most; a line is a row.
LARGEST_FILE: Final = 256 * 1024 * 1024
WORDS: Final = "words"


@dataclass(frozen=True)
class House:
    """Which house this is of, and what it takes to live in it."""

    made_at: str
    vendor: str
    migrations: list[list[str]]
    secrets: dict[str, str]


@dataclass(frozen=True)
class TableHead:
    """A table that follows."""

    name: str
    columns: list[str]
    kinds: list[str]


@dataclass
class Totals:
    """How much there was of everything, and the digest of every table."""

    rows: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0
    # Files that the database knows and the store did not have, or not as they were.
    missing: list[str] = field(default_factory=list)

    @property
    def all_rows(self) -> int:
        return sum(self.rows.values())


class Taker(Protocol):
    """Somebody who does something with what a backup says."""

    def house(self, house: House) -> None: ...
    def table(self, head: TableHead, rows: Iterator[list[Any]]) -> None: ...
    def words(self, rows: Iterator[list[Any]]) -> None: ...
    def file(self, name: str, content: bytes) -> None: ...


class Nothing:
    """Takes nothing: for reading a backup only to see whether it is whole."""

    def house(self, house: House) -> None:
        """Leave it."""

    def table(self, head: TableHead, rows: Iterator[list[Any]]) -> None:
        """Leave it."""

    def words(self, rows: Iterator[list[Any]]) -> None:
        """Leave it."""

    def file(self, name: str, content: bytes) -> None:
        """Leave it."""


class Teller:
    """Writes what a backup says, and counts it."""

    def __init__(self, write: Callable[[bytes], None], house: House) -> None:
        """Begin with the house."""
        self.write, self.totals = write, Totals()
        self._say({"house": asdict(house)})

    def table(self, head: TableHead, rows: Iterable[bytes]) -> None:
        """Write a table."""
        self._say({"table": asdict(head)})
        self._count(head.name, rows)

    def words(self, rows: Iterable[bytes]) -> None:
        """Write the index of words."""
        self._say({"words": True})
        self._count(WORDS, rows)

    def file(self, name: str, content: bytes) -> None:
        """Write a file as it lies in the store."""
        digest = hashlib.sha256(content).hexdigest()
        self._say({"file": {"name": name, "size": len(content), "sha256": digest}})
        self.write(content)
        self.totals.files += 1
        self.totals.bytes += len(content)

    def end(self) -> Totals:
        """Write the end and return what it counts."""
        self._say({"end": asdict(self.totals)})
        return self.totals

    def _count(self, name: str, rows: Iterable[bytes]) -> None:
        count, digest = 0, hashlib.sha256()
        for line in rows:
            digest.update(line)
            self.write(line)
            count += 1
        self.totals.rows[name] = count
        self.totals.digests[name] = digest.hexdigest()

    def _say(self, what: dict[str, Any]) -> None:
        self.write(json.dumps(what, ensure_ascii=False).encode() + b"\n")


def listen(content: io.BufferedReader, taker: Taker) -> Totals:
    """
    Read a backup to its end, hand everything to the taker, and check it all.

    :raises ArchiveBroken: if it does not say what its end says it does.
    """
    return _Listener(content, taker).listen()


class _Listener:
    def __init__(self, content: io.BufferedReader, taker: Taker) -> None:
        self.content, self.taker = content, taker
        self.totals = Totals()
        self.ahead = b""

    def listen(self) -> Totals:
        try:
            self._hear_all()
        except (KeyError, TypeError, ValueError):
            raise self._wrong() from None
        return self.totals

    def _hear_all(self) -> None:
        self.taker.house(House(**self._next()["house"]))
        while "end" not in (said := self._next()):
            if "table" in said:
                head = TableHead(**said["table"])
                names = [head.name, *head.columns]
                if not all(NAME.fullmatch(name) for name in names):
                    raise self._wrong()
                self._rows(head.name, lambda rows, h=head: self.taker.table(h, rows))  # type: ignore[misc]
            elif "words" in said:
                self._rows(WORDS, self.taker.words)
            else:
                self._file(**said["file"])
        end = Totals(**said["end"])
        self.totals.missing = end.missing
        if end != self.totals or self.content.read(1):
            raise self._wrong()

    def _next(self) -> dict[str, Any]:
        line, self.ahead = self.ahead or self.content.readline(), b""
        said = json.loads(line)
        if not isinstance(said, dict):
            raise self._wrong()
        return said

    def _rows(self, name: str, take: Callable[[Iterator[list[Any]]], None]) -> None:
        digest = hashlib.sha256()
        self.totals.rows[name] = 0
        rows = self._lines(name, digest.update)
        take(rows)
        # What the taker left is read all the same.
        for _row in rows:
            pass
        self.totals.digests[name] = digest.hexdigest()

    def _lines(
        self, name: str, counted: Callable[[bytes], None]
    ) -> Iterator[list[Any]]:
        while (line := self.content.readline()).startswith(b"["):
            counted(line)
            self.totals.rows[name] += 1
            yield json.loads(line)
        self.ahead = line

    def _file(self, name: str, size: int, sha256: str) -> None:
        if not FILE.fullmatch(name) or not 0 <= size <= LARGEST_FILE:
            raise self._wrong()
        content = self.content.read(size)
        if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
            raise self._wrong()
        self.totals.files += 1
        self.totals.bytes += size
        self.taker.file(name, content)

    def _wrong(self) -> ArchiveBroken:
        return ArchiveBroken(_("这个备份里的内容与它自己的清点不符，不能用来恢复。"))
