"""
Kill the web server and the worker with -9 at random moments, under load.

``DATABASE_URL=… SHUOSHI_DATA=… python -m tests.kills KILLS [SEED]`` on an empty database;
prints one JSON object, exit 1 if anything acknowledged was lost, doubled or left stuck.
"""

import json
import os
import random
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

import django


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuoshi.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from shuoshi.demo.processes import Child, web, worker  # noqa: E402
from shuoshi.jobs.actions import enqueue  # noqa: E402
from tests.channels.spoken import on_duty_now  # noqa: E402
from tests.kills.checks import faults  # noqa: E402
from tests.kills.clients import Client  # noqa: E402
from tests.matters.house import build_house  # noqa: E402


CLIENTS = 3
PATIENCE = 120
LONGEST_PEACE = 1.0
# Harmless when they run again, and each a transaction or more.
JOBS = ("matters.warn", "notices.send", "jobs.forget_old_jobs")
TARGETS = ("web", "web", "one of web", "worker", "worker", "all")


class House:
    """Both processes, and ways to end them without a word."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.web, self.worker = Child("web", web(port)), Child("worker", worker())
        # What the door said last, for whoever looks into why it stays shut.
        self.told = ""

    def start(self) -> None:
        """Start what is not running, and wait until the door is open."""
        for child in (self.web, self.worker):
            if not child.is_alive():
                child.kill()
                child.start()
        give_up = time.monotonic() + PATIENCE
        while not self._is_open():
            if time.monotonic() > give_up:
                raise TimeoutError(f"the web server does not come back: {self.told}")
            if not self.web.is_alive():
                self.web.kill()
                self.web.start()
            time.sleep(0.1)

    def kill(self, target: str) -> None:
        """End it with -9: the group of the web server has all its workers."""
        if target == "one of web":
            for pid in self._workers_of_web()[:1]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        if target in {"web", "all"}:
            self.web.kill()
        if target in {"worker", "all"}:
            self.worker.kill()

    def _workers_of_web(self) -> list[int]:
        pid = self.web.process.pid if self.web.process else 0
        with suppress(OSError):
            told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
            return [int(one) for one in told.split()]
        return []

    def _is_open(self) -> bool:
        line = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request("GET", "/healthz")
            answer = line.getresponse()
            self.told = f"{answer.status} {answer.read()[:200]!r}"
            return answer.status in {200, 503}
        except OSError as error:
            self.told = repr(error)
            return False
        finally:
            line.close()


def main(kills: int, seed: int) -> int:
    """Kill so many times; say what came of it."""
    chance = random.Random(seed)
    call_command("migrate", verbosity=0)
    on_duty_now(build_house())
    house, calm = House(_free_port()), threading.Event()
    clients = [Client(f"人{number}", house.port, calm) for number in range(CLIENTS)]
    done: dict[str, int] = {}
    started = time.monotonic()
    try:
        house.start()
        for client in clients:
            client.start()
        for number in range(kills):
            for job in JOBS:
                enqueue(job, key=f"{job}:{number}")
            time.sleep(chance.uniform(0.05, LONGEST_PEACE))
            target = chance.choice(TARGETS)
            house.kill(target)
            done[target] = done.get(target, 0) + 1
            house.start()
        calm.set()
        while any(client.is_alive() for client in clients):
            # A server that lost one of its workers ends a little later.
            house.start()
            time.sleep(0.2)
    finally:
        calm.set()
        for child in (house.web, house.worker):
            child.kill()
    said = [client.said for client in clients]
    wrong = faults(said)
    told = {
        "database": connection.vendor,
        "kills": done,
        "acknowledged": sum(len(one.receipts) for one in said),
        "broken_lines": sum(one.broken for one in said),
        "seconds": round(time.monotonic() - started),
        "wrong": wrong,
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return 1 if wrong else 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
