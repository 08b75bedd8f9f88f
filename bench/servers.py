"""Keep the servers running while they are asked, and see how much memory they take."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from shuoshi.common.leash import end_with_parent
from shuoshi.demo.processes import answers, web, worker


APPLICATION = "shuoshi.config.wsgi:application"
FLOOR = "bench.floor:application"
PATIENCE = 60


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(
    environment: dict[str, str], *, application: str = APPLICATION
) -> Iterator[tuple[int, int]]:
    """Run the web server exactly as ``shuoshi up`` does; yields its port and process."""
    port = free_port()
    command = [application if part == APPLICATION else part for part in web(port)]
    if application == FLOOR:
        # It has settings of its own, made as it is loaded.
        environment = environment | {"DJANGO_SETTINGS_MODULE": ""}
    with running(command, environment) as process:
        until = time.monotonic() + PATIENCE
        while not answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the server of {application} does not answer")
            time.sleep(0.1)
        yield port, process.pid


@contextlib.contextmanager
def running(
    command: list[str], environment: dict[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a command beside us and end it afterwards, with what it started."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=sys.stderr,
        preexec_fn=lambda: end_with_parent(signal.SIGTERM),
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def memory_of_worker(environment: dict[str, str], *, seconds: float = 10) -> float:
    """Let the worker do what lies there, and return the most megabytes it took."""
    with running(worker(), environment) as process:
        time.sleep(seconds)
        return _status(process.pid, "VmHWM")


def memory_of(pid: int) -> list[float]:
    """Return the megabytes of a process and of each that it started."""
    return [_status(one, "VmRSS") for one in (pid, *_children(pid))]


def _children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in told.read_text().split()]


def _status(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    found = next(line for line in lines if line.startswith(f"{name}:"))
    return round(int(found.split()[1]) / 1024, 1)
