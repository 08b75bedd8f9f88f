"""The rows of the record exactly as SQLite keeps them, damaged ones among them."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
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
    itself; an id that the index knows and that the table has lost stands there too.
    """
    places = _places()
    rows = dict(_row_by_row(places))
    at: list[tuple[Place, Found]] = []
    for pk, row in rows.items():
        if isinstance(row, Row) and is_whole(row):
            at.append(((row.about.hex, row.seq), row))
        else:
            place = places.get(pk) or _own_place(row)
            at.append((place, Illegible(pk, _named(place[0]), place[1])))
    at += _moved(places, rows, {place for place, _row in at})
    return [row for _place, row in sorted(at, key=lambda one: (one[0], one[1].pk))]


def _moved(
    places: dict[int, Place], rows: dict[int, Found], held: set[Place]
) -> Iterator[tuple[Place, Found]]:
    """Yield the rows whose id was changed: a gap is left where it was in the table."""
    for pk, place in places.items():
        gap = pk not in rows and (pk == 1 or pk - 1 in rows)
        last = pk == max(places)
        if gap and (last or pk + 1 in rows) and place in held:
            yield place, Illegible(pk, _named(place[0]), place[1])


def _places() -> dict[int, Place]:
    """Return where the index says that each row stands, as far as it can be read."""
    sql = "SELECT about, seq, id FROM trail_event ORDER BY about, seq"
    places: dict[int, Place] = {}
    for about, seq, pk in _as_far_as(sql):
        if isinstance(pk, int) and isinstance(seq, int):
            places.setdefault(pk, (_text(about), seq))
    return places


def _row_by_row(places: dict[int, Place]) -> Iterator[tuple[int, Found]]:
    sql = f"SELECT id FROM {TABLE}"  # noqa: S608 - constants alone, here and above
    one = f"SELECT {COLUMNS} FROM {TABLE} WHERE id = ?"  # noqa: S608
    ids = {pk for (pk,) in _as_far_as(sql)} | set(places)
    # Where a page is gone its rows are in no list: ask for every number there was.
    likely = range(1, max(places, default=0) + 2)
    for pk in sorted(ids.union(likely)):
        try:
            rows = _fetched(one, (pk,))
        except BROKEN:
            if pk in places:
                yield pk, Illegible(pk, "")
            continue
        for row in rows:
            yield row[0], found(row)


def _as_far_as(sql: str) -> Iterator[tuple[Any, ...]]:
    """Yield rows until the file cannot be read on."""
    try:
        cursor = _asked(sql)
        while page := _bytes(cursor):
            yield from page
    except BROKEN:
        return


def found(row: tuple[Any, ...]) -> Found:
    """Read one row; whatever is not to the byte what was once written is illegible."""
    try:
        return _read(row)
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        seq = row[3] if isinstance(row[3], int) else None
        return Illegible(row[0], _named(_text(row[2])), seq)


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


def _named(about: str) -> str:
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


def _bytes(cursor: sqlite3.Cursor) -> list[tuple[Any, ...]]:
    """Fetch a page of rows with texts as the bytes that are kept."""
    raw = cursor.connection
    raw.text_factory = bytes
    try:
        with connection.wrap_database_errors:
            return list(islice(cursor, PAGE))
    finally:
        raw.text_factory = str


def _fetched(sql: str, values: Any = ()) -> list[tuple[Any, ...]]:
    cursor = _asked(sql, values)
    rows: list[tuple[Any, ...]] = []
    while page := _bytes(cursor):
        rows += page
    return rows


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
