"""
Run the kills on SQLite and on a real PostgreSQL: ``python -m tests.kills.both 100``.

A name after the number, ``sqlite`` or ``postgresql``, runs that one alone.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support import postgres


# Here the server may lose nothing either.
CAREFUL = {"max_connections": "200"}


def main(kills: str, only: str = "") -> int:
    """Run both, or one; exit 1 if either found anything."""
    server = postgres.start(CAREFUL)
    try:
        with tempfile.TemporaryDirectory() as folder:
            places = {
                "sqlite": f"sqlite:///{Path(folder) / 'kills.sqlite3'}",
                "postgresql": server.url(),
            }
            return max(
                _run(url, Path(folder) / name, kills)
                for name, url in places.items()
                if only in {"", name}
            )
    finally:
        server.stop()


def _run(url: str, data: Path, kills: str) -> int:
    data.mkdir()
    environment = os.environ | {
        "DATABASE_URL": url,
        "SHUOSHI_DATA": str(data),
        "SHUOSHI_DEBUG": "1",
        # More is raised here in a minute than a house ever hears in ten.
        "SHUOSHI_CALM": "1000000",
    }
    script = Path(sys.executable).with_name("shuoshi")
    subprocess.run(
        [script, "collectstatic", "--noinput", "--verbosity", "0"],
        env=environment,
        check=True,
    )
    done = subprocess.run(
        [sys.executable, "-m", "tests.kills", kills], env=environment, check=False
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
