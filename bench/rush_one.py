"""
One of several processes that press for the same times: see rush.

Reads its number, how often it tries and the times; answers with what became of each try.
Without any of it, it makes ready and answers with the times.
"""

import json
import sys
import time
from datetime import date
from datetime import time as moment
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from shuoshi.org.actions.structure import found_mine
from shuoshi.org.queries.units import mines
from shuoshi.reception.actions.bookings import BookingRefused, Wish, book
from shuoshi.reception.queries.bookings import times_of


TIMES = 20


def press(number: int, tries: int, times: list[list[str]]) -> dict[str, Any]:
    """Try to book; each time that is gone is refused in a sentence."""
    mine_id = mines()[0].pk
    told: dict[str, Any] = {"booked": 0, "refused": 0, "seconds": []}
    for attempt in range(tries):
        day, at = times[(attempt * 7 + number) % len(times)]
        who = f"{number}-{attempt}"
        wish = Wish(date.fromisoformat(day), moment.fromisoformat(at), who, who)
        begun = time.perf_counter()
        try:
            book(wish, mine_id=mine_id, now=now())
            told["booked"] += 1
        except BookingRefused:
            told["refused"] += 1
        told["seconds"].append(time.perf_counter() - begun)
    return told


def bare(number: int, tries: int, times: list[list[str]]) -> dict[str, Any]:
    """Do the least: a row under a unique constraint, a transaction each."""
    told: dict[str, Any] = {"booked": 0, "refused": 0, "seconds": []}
    for attempt in range(tries):
        day, at = times[(attempt * 7 + number) % len(times)]
        begun = time.perf_counter()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("INSERT INTO bench_rush VALUES (%s, %s)", [day, at])
            told["booked"] += 1
        except IntegrityError:
            told["refused"] += 1
        told["seconds"].append(time.perf_counter() - begun)
    return told


def prepare() -> list[list[str]]:
    """Found a mine, make the floor's table; return the times that all will press for."""
    mine = found_mine("BENCH", name="试验矿")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_rush (day date, at time, UNIQUE (day, at))")
    ahead = times_of(mine.pk, now=now())[-TIMES:]
    return [[str(one.day), str(one.starts_at)] for one in ahead]


if __name__ == "__main__":
    how, *given = sys.argv[2:] or ["prepare"]
    acts: dict[str, Any] = {"press": press, "bare": bare}
    if how in acts:
        number, tries, times = given
        answer = acts[how](int(number), int(tries), json.loads(times))
    else:
        answer = prepare()
    print(json.dumps(answer), flush=True)
