"""
Measure, and print one JSON object a line: ``python -m bench [--full]``.

Everything lies in temporary folders and is gone afterwards.
"""

import argparse
import contextlib
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import clients, servers
from bench.lines import Line, Timed, note
from bench.places import PLACES, Place, there


SMALL, FULL = (1_000, 10_000), (10_000, 100_000, 1_000_000)


def main() -> None:
    """Measure every database at every size."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--full", action="store_true", help="up to a million matters")
    parser.add_argument("--database", action="append", choices=sorted(PLACES))
    parser.add_argument("--matters", action="append", type=int, metavar="N")
    parser.add_argument("--folder", type=Path, help="where the databases lie meanwhile")
    parser.add_argument(
        "--there", type=Path, help="only measure the SQLite that lies in this folder"
    )
    given = parser.parse_args()
    # Asked to end, we still take away what we put there.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if given.there:
        with there(given.there) as place:
            prepare(place)
            measure(place, place.module("size"))
        return
    sizes = sorted(given.matters or (FULL if given.full else SMALL))
    root = given.folder or Path(tempfile.gettempdir())
    for name in given.database or PLACES:
        with PLACES[name](root) as place:
            prepare(place)
            count = 0
            for size in sizes:
                count = grow(place, count, size)
                measure(place, size)


def prepare(place: Place) -> None:
    """Make the tables and gather the static files."""
    os.environ["SHUOSHI_STATIC"] = str(place.folder / "static")
    place.run("migrate")
    place.run("collectstatic", "--noinput")


def grow(place: Place, count: int, size: int) -> int:
    """Add what is missing to the size; what was there stays. Returns how many there are."""
    # The demo, of which the others are copies, comes in with the first.
    count = count or int(place.command("seed", "--matters", "1")["matters"])
    if count >= size:
        return count
    note(f"{place.name}: {count} matters, adding {size - count}")
    missing = str(size - count)
    told = place.command("seed", "--matters", missing, "--seed", str(size))
    note(f"{place.name}: {told['matters']} matters after {told['seconds']} s")
    return int(told["matters"])


def measure(place: Place, size: int) -> None:
    """Ask everything once at this size."""
    told = place.module("pages")
    with contextlib.ExitStack() as stack:
        port, pid = stack.enter_context(servers.serving(place.environment))
        floor_port, _pid = stack.enter_context(
            servers.serving(place.environment, application=servers.FLOOR)
        )
        floor = clients.Asked(floor_port, "/")
        for page in told["pages"]:
            _page(place, size, page, port, floor)
        _raises(place, size, told["raise"], port, floor)
        for megabytes in servers.memory_of(pid):
            Line("memory_web", place.name, size).say(rss_mb=megabytes)
    megabytes = servers.memory_of_worker(place.environment)
    Line("memory_worker", place.name, size).say(rss_mb=megabytes)


def _page(
    place: Place, size: int, page: dict[str, Any], port: int, floor: clients.Asked
) -> None:
    note(f"{place.name} {size}: {page['name']}")
    asked = clients.Asked(port, **page["asked"])
    found = clients.run(clients.Job(asked, floor))
    _line(page, place, size, 1, found.asked, found.floor).say()


def _line(
    scenario: dict[str, Any],
    place: Place,
    size: int,
    count: int,
    took: Timed,
    floor: Timed | None,
    *,
    ratio: float | None = None,
) -> Line:
    if ratio is None and floor is not None:
        ratio = took.p50_ms / floor.p50_ms
    return Line(
        scenario["name"],
        place.name,
        size,
        count,
        took.per_second,
        took.p50_ms,
        took.p95_ms,
        scenario["queries"],
        floor.p50_ms if floor else None,
        round(ratio, 2) if ratio is not None else None,
    )


def _raises(
    place: Place, size: int, raising: dict[str, Any], port: int, floor: clients.Asked
) -> None:
    """Raise matters, alone and side by side; here a ratio is a share of the floor's rate."""
    asked = clients.Asked(port, **raising["asked"])
    alone: Timed | None = None
    for count in (1, 8):
        note(f"{place.name} {size}: raise, {count} clients")
        bare = clients.run(clients.Job(floor, clients=count, count=400)).asked
        took = clients.run(clients.Job(asked, clients=count, count=400)).asked
        share = took.per_second / bare.per_second
        _line(raising, place, size, count, took, bare, ratio=share).say()
        alone = alone or took
    if alone is not None:
        bare = Timed.of(place.module("bare"))
        share = alone.per_second / bare.per_second
        named = raising | {"name": "raise_beside_bare_transaction"}
        _line(named, place, size, 1, alone, bare, ratio=share).say()


if __name__ == "__main__":
    main()
