"""
Change one byte of a copied database at a time: what touches an event is found and named.

What was touched is judged here from the raw rows, without the product's code.
SHUOSHI_BYTES says how many changes to try; ``make bytes`` tries ten thousand, anywhere
in the file. The few of the ordinary suite are drawn near the record every other time.
"""

import os
import random
import re
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.matters.queries.proving import prove_house
from shuoshi.trail.actions import note, note_reading, seal_day
from tests.matters.house import NOW, Story, build_house, raised


CHANGES = int(os.environ.get("SHUOSHI_BYTES", "40"))
SEED = int(os.environ.get("SHUOSHI_BYTES_SEED", "20260909"))
# What the verification says where it is not an event that was touched.
BESIDES = {
    "head",
    "ownerless",
    "row",
    "file",
    "file_missing",
    "database",
    "unreadable",
}
BROKEN = (sqlite3.DatabaseError, UnicodeDecodeError)
RECORD = ("trail_event", "trail_seal")
AGAIN = "again"
MANY = 1000
DAYS = 2


def live_in():
    """Walk some matters through the loop, read and seal, over some days."""
    house = build_house()
    for day in range(DAYS):
        now = NOW + timedelta(days=day)
        if day:
            put_on_duty(
                house.people["receiver"], unit=house.units["party"], day=now.date()
            )
        Story(house, now=now).closed()
        Story(house, now=now, identity="CONFIDENTIAL").answered()
        Story(house, now=now, identity="ANONYMOUS").handling()
        page = SimpleUploadedFile("a.txt", b"words", "text/plain")
        Story(house, now=now).handling().take("attach", "handler", files=[page])
        Story(house, now=now).take("hand_to_discipline", "receiver", reason="检举")
        matter = raised(house, now=now)
        for who in ("receiver", "coordinator", "chief", "nobody"):
            by = f"person:{house.people[who].pk}" if who in house.people else who
            note("accounts.signed_in", by=by, at=now, mine_id=house.mine.pk)
            for _time in range(6):
                note_reading(
                    mine_id=house.mine.pk,
                    about=matter.uid,
                    field="speaker",
                    by=by,
                    at=now,
                )
        seal_day(now.date(), now=now + timedelta(hours=16))
    client = Client()
    client.force_login(house.people["other"])
    client.get(f"/desk/matters/{matter.number}/")


class Copy:
    """A copy of the database with one byte that is not as it was."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.whole = path.read_bytes()

    def change(self, offset: int, byte: int) -> None:
        self._away_with_the_rest()
        with self.path.open("r+b") as file:
            file.seek(offset)
            file.write(bytes([byte]))

    def mend(self) -> None:
        self._away_with_the_rest()
        if self.path.read_bytes() != self.whole:
            self.path.write_bytes(self.whole)

    def _away_with_the_rest(self) -> None:
        for tail in ("-wal", "-shm", "-journal"):
            Path(f"{self.path}{tail}").unlink(missing_ok=True)


def raw_rows(path: Path, ids: dict[str, range]) -> dict[tuple[str, int], set[tuple]]:
    """Read the record past every index; row by row where it cannot be read at once."""
    rows: dict[tuple[str, int], set[tuple]] = {}
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as raw:
        raw.text_factory = bytes
        for table in RECORD:
            try:
                for row in raw.execute(f"SELECT * FROM {table} NOT INDEXED"):
                    own = rows.setdefault((table, row[0]), set())
                    own.add((*row, AGAIN) if row in own else row)
            except BROKEN:
                _row_by_row(raw, table, ids.get(table, ()), rows)
    return rows


def _row_by_row(raw, table, ids, rows):
    for number in ids:
        with suppress(*BROKEN):
            sql = f"SELECT * FROM {table} NOT INDEXED WHERE id = ?"
            if row := raw.execute(sql, (number,)).fetchone():
                rows.setdefault((table, number), set()).add(row)


@pytest.fixture
def copy(transactional_db, tmp_path):
    """Let the product look at a copy, and give it its own database back afterwards."""
    live_in()
    path = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(path)) as raw:
        connection.ensure_connection()
        connection.connection.backup(raw)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    yield Copy(path)
    connection.close()
    connection.settings_dict["NAME"] = own


def proved():
    connection.close()
    try:
        return prove_house()
    finally:
        connection.close()


def places_in(whole):
    """Yield where to change a byte: anywhere; of a few two in three in or before a row."""
    chance = random.Random(SEED)
    hashes = [found.start() for found in re.finditer(rb"[0-9a-f]{64}", whole)]
    owners = [found.start() for found in re.finditer(rb"(?<!\w)[0-9a-f]{32}", whole)]
    for change in range(CHANGES):
        place = chance.randrange(len(whole))
        if change % 3 == 1 and CHANGES < MANY:
            place = chance.choice(hashes) - chance.randrange(-64, 200)
        elif change % 3 == 2 and CHANGES < MANY:
            # Before the words of a row stand its length, its number and their kinds.
            place = chance.choice(owners) - chance.randrange(8, 24)
        yield place, whole[place] ^ chance.randint(1, 255)


def place_of(row):
    about, seq = row[2], row[3]
    return about.decode(), seq


def without_number(rows):
    return {
        row[1:]
        for (table, _n), own in rows.items()
        if table == "trail_seal"
        for row in own
    }


def judged(before, after, verdict):
    """Return what became of one change; raise if the verification was wrong."""
    # A row that took the number of another leaves that one as it was.
    touched = {key for key, rows in before.items() if rows - after.get(key, set())}
    touched |= after.keys() - before.keys()
    events = {number for table, number in touched if table == "trail_event"}
    bad = verdict.first_bad
    if not touched:
        # A page that tells rows twice leaves them as they are, but not what is sealed.
        twice = any(row[-1] == AGAIN for rows in after.values() for row in rows)
        assert bad is None or bad["why"] in BESIDES or (twice and "day" in bad), bad
        return f"beside: {bad['why']}" if bad else "beside: nothing to find"
    assert bad is not None, f"not found: {sorted(touched)}"
    kept = sum(table == "trail_event" for table, _number in before)
    if len(events) >= kept:
        return "the whole table cannot be read: found"
    if not events:
        if without_number(before) == without_number(after):
            return "the number of a seal, which says nothing: found"
        assert "day" in bad, bad
        return "a seal: found and named"
    known = [number for number in events if ("trail_event", number) in before]
    if not known:
        assert bad.get("event") in {None, *events}, (bad, sorted(events))
        return "a row that nobody wrote: found"
    places = {number: place_of(*before["trail_event", number]) for number in known}
    first = min(places, key=lambda number: places[number])
    about, seq = places[first]
    named = (bad.get("about", "").replace("-", ""), bad.get("seq"))
    assert bad.get("event") == first or named == (about, seq), (bad, sorted(events))
    several = "an event" if len(events) == 1 else "several events"
    return f"{several}: found and named"


# Where the schema cannot be read, what Django began to ask ends without anybody to tell.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.sqlite("a file of SQLite")
def test_every_changed_byte_of_an_event_is_found(copy, capsys):
    assert proved().first_bad is None
    first = raw_rows(copy.path, {})
    ids = {
        table: range(1, max(number for own, number in first if own == table) + 2)
        for table in RECORD
    }
    before = raw_rows(copy.path, ids)
    told, wrong = Counter(), []
    for offset, byte in places_in(copy.whole):
        copy.change(offset, byte)
        after = raw_rows(copy.path, ids)
        verdict = proved()
        try:
            told[judged(before, after, verdict)] += 1
        except AssertionError as refusal:
            wrong.append(f"byte {offset} := {byte}: {str(refusal).splitlines()[0]}")
        copy.mend()

    with capsys.disabled():
        if CHANGES >= MANY:
            print(f"\n{CHANGES} changes to {len(copy.whole)} bytes:")  # noqa: T201
            for what, many in sorted(told.items()):
                print(f"{many:6} {what}")  # noqa: T201
            print(f"{len(wrong):6} answered wrongly")  # noqa: T201
    assert wrong == []
    assert told["an event: found and named"] > CHANGES // 50
