"""
The clients, in a process of their own: keep-alive connections over loopback.

``python -m bench.clients`` reads one job from standard input and answers with durations.
A job with a floor asks both in turn, so that whatever else the machine does slows both.
"""

import json
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from http.client import HTTPConnection
from typing import Any

from bench.lines import Timed


WARM = 12


@dataclass(frozen=True)
class Asked:
    """One request; a ``{n}`` in its body makes each of them another."""

    port: int
    path: str
    method: str = "GET"
    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """What to ask, how often, for how long at most."""

    asked: Asked
    floor: Asked | None = None
    clients: int = 1
    count: int = 200
    seconds: float = 10.0


@dataclass(frozen=True)
class Answered:
    """How long the answers took."""

    asked: Timed
    floor: Timed | None


def run(job: Job) -> Answered:
    """Let a fresh process ask, and sum up what it found."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.clients"],
        input=json.dumps(asdict(job)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(told.stdout)
    floor = Timed.of(found["floor"]) if found["floor"] else None
    return Answered(Timed.of(found["asked"], clients=job.clients), floor)


class Client:
    """One person's browser: a connection to each server, kept open."""

    def __init__(self, job: Job) -> None:
        """Connect."""
        self.job = job
        self.kinds = {"asked": job.asked} | ({"floor": job.floor} if job.floor else {})
        self.lines = {
            kind: HTTPConnection("127.0.0.1", asked.port, timeout=120)
            for kind, asked in self.kinds.items()
        }
        self.seconds: dict[str, list[float]] = {"asked": [], "floor": []}

    def ask(self, kind: str, name: str) -> float:
        """
        Ask once and return how long the whole answer took.

        :raises RuntimeError: if the answer is another than expected.
        """
        asked, line = self.kinds[kind], self.lines[kind]
        body = asked.body.replace("{n}", name).encode() or None
        started = time.perf_counter()
        line.request(asked.method, asked.path, body, asked.headers)
        answer = line.getresponse()
        said = answer.read()
        took = time.perf_counter() - started
        if answer.status != asked.status:
            raise RuntimeError(f"{asked.path}: {answer.status} {said[:200]!r}")
        return took

    def run(self, name: str, begin: threading.Barrier) -> None:
        """Warm up, wait for the others, ask until the count or the time is reached."""
        each = self.job.count // self.job.clients
        for turn in range(WARM if self.job.clients == 1 else 2):
            for kind in self.kinds:
                self.ask(kind, f"{name}-w{turn}")
        begin.wait()
        until = time.monotonic() + self.job.seconds
        for turn in range(each):
            if time.monotonic() > until:
                break
            for kind in self.kinds:
                self.seconds[kind].append(self.ask(kind, f"{name}-{turn}"))


def main() -> None:
    """Do the job on standard input."""
    given: dict[str, Any] = json.load(sys.stdin)
    floor = given.pop("floor")
    job = Job(
        **given | {"asked": Asked(**given["asked"])},
        floor=Asked(**floor) if floor else None,
    )
    begin = threading.Barrier(job.clients)
    failed: list[BaseException] = []

    def one(client: Client, name: str) -> None:
        try:
            client.run(name, begin)
        except Exception as error:  # noqa: BLE001 - told below, by the main thread
            failed.append(error)
            begin.abort()

    clients = [Client(job) for _ in range(job.clients)]
    threads = [
        threading.Thread(target=one, args=(client, f"{time.time_ns()}-{place}"))
        for place, client in enumerate(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    print(
        json.dumps(
            {
                kind: [took for client in clients for took in client.seconds[kind]]
                for kind in ("asked", "floor")
            }
        )
    )


if __name__ == "__main__":
    main()
