"""
Let three platforms hand over ten thousand messages: ``python -m bench.callbacks``.

Eight at a time: conversations that end in a matter, repeated at once and late, messages
that are forged or old among them, and a pause. Beside it the floor: a bare view on the
same kind of server, asked by as many, before and after. Whoever runs it is told how many
matters there are, which should be those of the conversations, each once.
"""

import argparse
import random
import secrets
import sys
import tempfile
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from tests.platforms.callbacks import AS_QQ, AS_WECHAT, AS_WECOM
from tests.platforms.fake import told_accounts

from bench.lines import Line, Timed, note
from bench.places import PLACES, Place
from bench.servers import FLOOR, serving


CLIENTS = 8
WAYS = (AS_WECHAT, AS_WECOM, AS_QQ)
STEPS = 5
# Of a hundred messages: so many repeated, forged, and older than five minutes.
REPEATED, FORGED, OLD = 20, 12, 8
PAUSE = 1.0
NOBODY = "http://127.0.0.1:9"


@dataclass
class Tried:
    """What came of all messages."""

    seconds: list[float] = field(default_factory=list)
    genuine: int = 0
    repeated: int = 0
    false: int = 0
    wrong: list[str] = field(default_factory=list)


def main() -> int:
    """Measure either database, or the one that is named; 1 if anything came out wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.callbacks", description=__doc__
    )
    parser.add_argument("--database", action="append", choices=sorted(PLACES))
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    wrong = 0
    for name in given.database or PLACES:
        with PLACES[name](Path(tempfile.gettempdir())) as place:
            wrong += measure(place, given.count, given.seed)
    return 1 if wrong else 0


def measure(place: Place, count: int, seed: int) -> int:
    """Run all of it on one database; return how much came out wrong."""
    place.run("migrate")
    place.command("seed", "--matters", "1")
    before = place.module("callbacks_count")["matters"]
    talks = count * 100 // ((100 + REPEATED + FORGED + OLD) * STEPS)
    environment = place.environment | told_accounts(NOBODY)
    # Asked as the others are, and by as many.
    with serving(place.environment, application=FLOOR) as (port, _pid):
        floor = bare(port)
    with serving(environment) as (port, _pid):
        tried = Crowd(port, talks, seed).run()
    with serving(place.environment, application=FLOOR) as (port, _pid):
        floor += bare(port)
    counted = place.module("callbacks_count")
    made = counted["matters"] - before
    if made != talks or counted["texts"] != talks:
        tried.wrong.append(f"{talks} talks, {made} matters, {counted['texts']} texts")
    if counted["taken"] != tried.genuine:
        tried.wrong.append(f"{tried.genuine} messages, {counted['taken']} taken")
    say(place, talks, tried, floor)
    return len(tried.wrong)


def bare(port: int) -> list[float]:
    """Ask the bare view a thousand times, eight at a time."""
    told: list[float] = []

    def ask() -> None:
        line = HTTPConnection("127.0.0.1", port, timeout=60)
        for _time in range(125):
            begun = time.perf_counter()
            line.request("GET", "/")
            line.getresponse().read()
            told.append(time.perf_counter() - begun)

    _together(ask)
    return told


def _together(work: Any) -> None:
    threads = [threading.Thread(target=work) for _client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Crowd:
    """Eight clients that share what is to be sent."""

    def __init__(self, port: int, talks: int, seed: int) -> None:
        """Make the conversations; which are repeated and which forged, the seed says."""
        self.port, self.tried = port, Tried()
        self.chance = random.Random(seed)
        self.lock = threading.Lock()
        # What is repeated waits here for whoever is free: at once, or much later.
        self.again: deque[tuple[Any, ...]] = deque()
        run = secrets.token_hex(4)
        self.talks = deque(self._talk(number, run) for number in range(talks))
        self.pause_at = talks // 2

    def _talk(self, number: int, run: str) -> tuple[Any, str, list[str]]:
        way = WAYS[number % len(WAYS)]
        words = ["1", "3", f"callback {run} {number:05}", "完", "1"]
        return way, f"sender-{run}-{number}", words

    def run(self) -> Tried:
        """Send everything; return what came of it."""
        _together(self._client)
        self._empty(HTTPConnection("127.0.0.1", self.port, timeout=60), all_of_it=True)
        return self.tried

    def _client(self) -> None:
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        while True:
            with self.lock:
                if not self.talks:
                    return
                way, sender, words = self.talks.popleft()
                pause = len(self.talks) == self.pause_at
            if pause:
                time.sleep(PAUSE)
            for place, said in enumerate(words):
                self._say(line, way, sender, said, f"{sender}-{place}")
            self._empty(line)

    def _say(
        self, line: HTTPConnection, way: Any, sender: str, said: str, number: str
    ) -> None:
        with self.lock:
            lots = [self.chance.randrange(100) for _lot in range(3)]
        fields, stamp = way.message(sender, said, number), str(int(time.time()))
        packed = way.packed(fields, stamp=stamp)
        if lots[0] < FORGED:
            self._false(line, way.packed(fields, stamp=stamp, forged=True))
        if lots[1] < OLD:
            old = str(int(time.time()) - 400)
            self._false(line, way.packed(fields, stamp=old))
        if lots[2] < REPEATED // 2:
            # Before its own: somebody else may send it at the same moment.
            self.again.append((way, packed))
        answer = self._post(line, packed, 200)
        with self.lock:
            self.tried.genuine += 1
        if REPEATED // 2 <= lots[2] < REPEATED:
            self.again.append((way, packed))
        if way is not AS_QQ and not answer:
            self.tried.wrong.append("a message without an answer")

    def _false(self, line: HTTPConnection, packed: Any) -> None:
        self._post(line, packed, 403)
        with self.lock:
            self.tried.false += 1

    def _empty(self, line: HTTPConnection, *, all_of_it: bool = False) -> None:
        """Send some of what is repeated; it takes nothing and is answered."""
        for _time in range(10**9 if all_of_it else 2):
            try:
                _way, packed = self.again.popleft()
            except IndexError:
                return
            self._post(line, packed, 200)
            with self.lock:
                self.tried.repeated += 1

    def _post(self, line: HTTPConnection, packed: Any, expected: int) -> bytes:
        path, body, headers = packed
        begun = time.perf_counter()
        for is_last in (False, True):
            try:
                line.request(
                    "POST", path, body, {"Content-Type": "text/xml", **headers}
                )
                answer = line.getresponse()
                told = answer.read()
                break
            except (ConnectionError, HTTPException):
                # As a platform does whose message was not answered.
                line.close()
                if is_last:
                    raise
        took = time.perf_counter() - begun
        with self.lock:
            self.tried.seconds.append(took)
            if answer.status != expected:
                self.tried.wrong.append(f"{answer.status} instead of {expected}")
        return told


def say(place: Place, talks: int, tried: Tried, floor: list[float]) -> None:
    """Print the line, and in words what came of it."""
    timed, least = (Timed.of(one, clients=CLIENTS) for one in (tried.seconds, floor))
    note(
        f"{place.name}: {len(tried.seconds)} callbacks, {talks} talks; {tried.genuine} "
        f"genuine, {tried.repeated} repeated, {tried.false} false; "
        f"wrong: {len(tried.wrong)} {tried.wrong[:3]}"
    )
    Line(
        "callbacks",
        place.name,
        talks,
        CLIENTS,
        timed.per_second,
        timed.p50_ms,
        timed.p95_ms,
        None,
        least.p50_ms,
        round(timed.per_second / least.per_second, 2),
    ).say(floor_p95_ms=least.p95_ms, wrong=len(tried.wrong))


if __name__ == "__main__":
    sys.exit(main())
