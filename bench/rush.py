"""
Let many press for a few times at the same moment: ``python -m bench.rush``.

Eight processes, two hundred attempts, twenty times. Beside it the floor of the same
processes: a row under a unique constraint, a transaction each.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path
from typing import Any

from bench.lines import Line, Timed, note
from bench.places import PLACES, Place


PROCESSES, TRIES = 8, 25


def main() -> None:
    """Measure either database, or the one that is named."""
    parser = argparse.ArgumentParser(prog="python -m bench.rush", description=__doc__)
    parser.add_argument("--database", action="append", choices=sorted(PLACES))
    given = parser.parse_args()
    for name in given.database or PLACES:
        with PLACES[name](Path(tempfile.gettempdir())) as place:
            place.run("migrate")
            times = place.module("rush_one")
            floor = rush(place, "bare", times)
            say(place, "rush", rush(place, "press", times), floor)


def rush(place: Place, how: str, times: list[list[str]]) -> dict[str, Any]:
    """Start all at once and sum up; the time is that of the work, not of starting."""
    command = [sys.executable, "-m", "bench.inside", "rush_one", how]
    running = [
        subprocess.Popen(
            [*command, str(number), str(TRIES), json.dumps(times)],
            env=place.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    told = [json.loads(one.communicate()[0]) for one in running]
    return {
        "booked": sum(one["booked"] for one in told),
        "refused": sum(one["refused"] for one in told),
        "seconds": list(chain.from_iterable(one["seconds"] for one in told)),
    }


def say(
    place: Place, scenario: str, told: dict[str, Any], floor: dict[str, Any]
) -> None:
    """Print the line: attempts a second, the floor's share, how many got one."""
    timed = Timed.of(told["seconds"], clients=PROCESSES)
    bare = Timed.of(floor["seconds"], clients=PROCESSES)
    note(f"{place.name}: {told['booked']} booked, {told['refused']} refused")
    Line(
        scenario,
        place.name,
        0,
        PROCESSES,
        timed.per_second,
        timed.p50_ms,
        timed.p95_ms,
        None,
        bare.p50_ms,
        round(timed.per_second / bare.per_second, 2),
    ).say(booked=told["booked"], refused=told["refused"])


if __name__ == "__main__":
    begun = time.monotonic()
    main()
    note(f"{time.monotonic() - begun:.0f} s")
