"""Keep the web server and the worker running, and leave nothing behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shuoshi.common.leash import end_with_parent


HOST = "127.0.0.1"
WEB_WORKERS = 2
WEB_THREADS = 4
# Seconds: between two looks, until a child may be killed, between two starts.
LOOK, PATIENCE = 0.5, 12.0
FIRST_PAUSE, LONGEST_PAUSE, STEADY = 1.0, 30.0, 60.0
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def web(port: int) -> list[str]:
    """Return the command of the web server: no access log, so no addresses are kept."""
    given = (
        "--interface wsgi --http 1 --no-ws --log-level warning"
        f" --host {HOST} --port {port} --workers {WEB_WORKERS}"
        f" --blocking-threads {WEB_THREADS} --workers-kill-timeout 8"
    )
    app = "shuoshi.config.wsgi:application"
    return [sys.executable, "-m", "granian", *given.split(), app]


def worker() -> list[str]:
    """Return the command of the worker."""
    return [sys.executable, "-m", "django", "work"]


def _leash() -> None:
    end_with_parent(signal.SIGTERM)
    # Signals are ours to pass on; the child begins with none held back.
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


@dataclass
class Child:
    """One process, started again when it dies, ever more slowly."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    pause: float = FIRST_PAUSE
    starts: int = 0

    def start(self) -> None:
        # A session of its own: the terminal's Ctrl+C reaches only us, and what the
        # child starts can be ended with it.
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            stdout=sys.stderr,
            start_new_session=True,
            preexec_fn=_leash,
            env={
                **os.environ,
                "SHUOSHI_LEASHED": "1",
                "DJANGO_SETTINGS_MODULE": "shuoshi.config.settings",
            },
        )
        self.started_at = time.monotonic()
        self.starts += 1

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def look(self, said: Callable[[str], None]) -> None:
        """Start it again if it died and its pause is over."""
        if self.is_alive():
            return
        if self.process is not None:
            self.kill()
            lived = time.monotonic() - self.started_at
            self.pause = FIRST_PAUSE if lived > STEADY else self.pause
            said(f"{self.name}退出了（{self.process.returncode}），稍后重新启动。")
            self.process = None
            self.started_at = time.monotonic() + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        if time.monotonic() >= self.started_at:
            self.start()

    def signal(self, how: int) -> None:
        if self.is_alive() and self.process is not None:
            self.process.send_signal(how)

    def kill(self) -> None:
        """End whatever is left of it and of what it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@contextlib.contextmanager
def listening() -> Iterator[threading.Event]:
    """Set the event when somebody wants us to end."""
    asked = threading.Event()
    before = {
        how: signal.signal(how, lambda _how, _frame: asked.set()) for how in ENDING
    }
    try:
        yield asked
    finally:
        for how, handler in before.items():
            signal.signal(how, handler)


def answers(port: int) -> bool:
    """Tell whether somebody takes connections there."""
    with socket.socket() as probe:
        probe.settimeout(LOOK)
        return probe.connect_ex((HOST, port)) == 0


def keep_running(
    children: list[Child],
    *,
    asked: threading.Event,
    said: Callable[[str], None],
    is_open: Callable[[], bool],
    open_said: Callable[[], None],
) -> None:
    """Run the children until somebody asks for the end; then end them all."""
    told = False
    try:
        while not asked.is_set():
            for child in children:
                child.look(said)
            if not told and is_open():
                open_said()
                told = True
            asked.wait(LOOK)
    finally:
        end(children)


def end(children: list[Child]) -> None:
    """Ask the children to end, wait, and kill what is left."""
    for child in children:
        child.signal(signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and any(child.is_alive() for child in children):
        time.sleep(0.05)
    for child in children:
        child.kill()
