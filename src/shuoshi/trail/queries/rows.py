"""The rows of the record exactly as SQLite keeps them, damaged ones among them."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, connection

from shuoshi.trail.rules.verdicts import Illegible, is_whole


PAGE: Final = 500
# A plus keeps SQLite from taking a column out of an index in place of the row.
COLUMNS: Final = (
    'id, +mine_id, +about, +seq, +at, +verb, +"by", +thing, +detail, +words,'
    " +prev_hash, +hash"
)
TABLE: Final = "trail_event NOT INDEXED"
Place = tuple[str, int]
# The text of an error about a damaged schema may itself be no text.
BROKEN: Final = (DatabaseError, UnicodeDecodeError)
# What a row raises that somebody has written rubbish into.
UNREADABLE: Final = (ValueError, TypeError, AttributeError, DatabaseError)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the record that can be read to the byte as it was written."""

    pk: int
    mine_id: int
    about: UUID
    seq: int
    at: datetime
    verb: str
    by: str
    thing: UUID | None
    detail: Any
    words: str
    prev_hash: str
    hash: str


Found = Row | Illegible


class Torn(Exception):
    """Table and index of the record do not agree, or cannot be read."""


def rows_in_order() -> Iterator[Found]:
    """
    Yield all rows by what they are about and their number, page by page.

    Goes along the index, reads each row from the table and holds the two together.

    :raises Torn: where they do not agree.
    """
    count, after = 0, ("", -1)
    while True:
        page = _fetched(
            "SELECT about, seq, id FROM trail_event WHERE (about, seq) > (?, ?)"
            " ORDER BY about, seq LIMIT ?",
            (*after, PAGE),
        )
        yield from _rows_of(page)
        count += len(page)
        if len(page) < PAGE:
            break
        after = (_text(page[-1][0]), page[-1][1])
    ((kept,),) = _fetched(f"SELECT count(+mine_id) FROM {TABLE}")  # noqa: S608
    if kept != count:
        raise Torn


def _rows_of(page: list[tuple[Any, ...]]) -> Iterator[Found]:
    ids = [entry[2] for entry in page]
    marks = ",".join("?" * len(ids))
    sql = f"SELECT {COLUMNS} FROM {TABLE} WHERE id IN ({marks})"  # noqa: S608
    rows = {row[0]: row for row in _fetched(sql, ids)}
    for about, seq, pk in page:
        row = rows.get(pk)
        if row is None or (row[2], row[3]) != (about, seq):
            raise Torn
        yield found(row)


def salvaged() -> list[Found]:
    """
    Return what can be read of a torn record, row by row, in the order of the chains.

    A row that is not whole stands where the index says it was, else where it says so
    itself; an id that the index knows and that the table has lost stands there too. One
    whose number is another's, or nobody's, is the lost one, wherever it says it stands.
    """
    places = _places()
    rows = list(_row_by_row(places))
    whole = [row for _pk, row in rows if isinstance(row, Row) and is_whole(row)]
    at: list[tuple[Place, Found]] = [((row.about.hex, row.seq), row) for row in whole]
    sound = {row.pk for row in whole}
    kept = {pk for pk, _row in rows}
    lost = list(_lost(places, kept, {place for place, _row in at}))
    for pk, row in rows:
        if isinstance(row, Row) and is_whole(row):
            continue
        if pk in places and pk not in sound:
            at.append((places[pk], Illegible(pk, *_named(places[pk]))))
        elif not lost:
            place = _own_place(row)
            at.append((place, Illegible(pk, *_named(place))))
    at += lost
    return [row for _place, row in sorted(at, key=lambda one: (one[0], one[1].pk))]


def _lost(
    places: dict[int, Place], kept: set[int], held: set[Place]
) -> Iterator[tuple[Place, Found]]:
    """
    Yield the rows that the index knows and the table has lost, or keeps as another's.

    The index alone may be what was touched. Nobody stands where a row is gone; and a row
    whose id was changed leaves a gap between its neighbours' ids.
    """
    for pk, place in places.items():
        gap = (pk == 1 or pk - 1 in kept) and (pk == max(places) or pk + 1 in kept)
        if pk not in kept and (gap or place not in held):
            yield place, Illegible(pk, *_named(place))


def _places() -> dict[int, Place]:
    """Return where the index says that each row stands, as far as it can be read."""
    sql = "SELECT about, seq, id FROM trail_event ORDER BY about, seq"
    places: dict[int, Place] = {}
    for about, seq, pk in _as_far_as(sql):
        if isinstance(pk, int) and isinstance(seq, int):
            places.setdefault(pk, (_text(about), seq))
    return places


def _row_by_row(places: dict[int, Place]) -> Iterator[tuple[int, Found]]:
    """Yield what the table holds from end to end, then what only its numbers lead to."""
    seen = set()
    for row in _as_far_as(f"SELECT {COLUMNS} FROM {TABLE}"):  # noqa: S608 - constants
        seen.add(row[0])
        yield row[0], found(row)
    one = f"SELECT {COLUMNS} FROM {TABLE} WHERE id = ?"  # noqa: S608
    # Where a page is gone its rows are in no list: ask for every number there was.
    likely = range(1, max(places, default=0) + 2)
    for pk in sorted({*places, *likely} - seen):
        try:
            rows = _fetched(one, (pk,))
        except BROKEN:
            if pk in places:
                yield pk, Illegible(pk, "")
            continue
        for row in rows:
            yield row[0], found(row)


def _as_far_as(sql: str) -> list[tuple[Any, ...]]:
    """Return the rows up to where the file cannot be read on."""
    rows: list[tuple[Any, ...]] = []
    with suppress(*BROKEN):
        cursor = _asked(sql)
        with _texts_as_bytes(cursor.connection):
            rows.extend(cursor)
    return rows


def found(row: tuple[Any, ...]) -> Found:
    """Read one row; whatever is not to the byte what was once written is illegible."""
    try:
        return _read(row)
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        seq = row[3] if isinstance(row[3], int) else None
        return Illegible(row[0], _whose(_text(row[2])), seq)


def _read(row: tuple[Any, ...]) -> Row:
    pk, mine_id, about, seq, at, verb, by, thing, detail, words, before, own = row
    if not isinstance(mine_id, int) or not isinstance(seq, int):
        raise TypeError
    read = Row(
        pk,
        mine_id,
        UUID(about.decode()),
        seq,
        datetime.fromisoformat(at.decode()).replace(tzinfo=UTC),
        verb.decode(),
        by.decode(),
        UUID(thing.decode()) if thing is not None else None,
        json.loads(detail),
        words.decode(),
        before.decode(),
        own.decode(),
    )
    written = [
        read.about.hex,
        str(read.at.replace(tzinfo=None)),
        json.dumps(read.detail),
        read.thing.hex if read.thing else None,
    ]
    kept = [about.decode(), at.decode(), detail.decode()]
    if [*kept, thing.decode() if thing is not None else None] != written:
        raise ValueError
    return read


def _own_place(row: Found) -> Place:
    about = str(row.about).replace("-", "")
    return about, row.seq if row.seq is not None else -1


def _named(place: Place) -> tuple[str, int]:
    return _whose(place[0]), place[1]


def _whose(about: str) -> str:
    try:
        return str(UUID(about))
    except ValueError:
        return ""


def _text(value: Any) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def _asked(sql: str, values: Any = ()) -> sqlite3.Cursor:
    connection.ensure_connection()
    raw: sqlite3.Connection = connection.connection
    with connection.wrap_database_errors:
        return raw.execute(sql, values)


@contextmanager
def _texts_as_bytes(raw: sqlite3.Connection) -> Iterator[None]:
    """Read texts as the bytes that are kept, for a while."""
    raw.text_factory = bytes
    try:
        with connection.wrap_database_errors:
            yield
    finally:
        raw.text_factory = str


def _fetched(sql: str, values: Any = ()) -> list[tuple[Any, ...]]:
    cursor = _asked(sql, values)
    with _texts_as_bytes(cursor.connection):
        return list(cursor)


def plain_rows(table: str, *columns: str) -> list[tuple[Any, ...]] | None:
    """Read columns of a table past every index, texts as bytes; None if it is torn."""
    asked = ", ".join(f"+{column}" for column in columns)
    try:
        return _fetched(f"SELECT {asked} FROM {table} NOT INDEXED")  # noqa: S608
    except BROKEN:
        return None


def file_is_sound() -> bool:
    """Tell whether SQLite finds its file in order: tables, indexes, free pages."""
    try:
        return _fetched("PRAGMA integrity_check(1)") == [(b"ok",)]
    except BROKEN:
        return False
