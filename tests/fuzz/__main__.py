"""
Ask the whole product 100 000 things as every kind of person: ``python -m tests.fuzz``.

Two processes, each with a house of its own in a throw-away SQLite. The same number of
requests, processes and seed ask the same again.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.found import Found, told


def _prepared(folder):
    """Set the scene for Django as the tests have it: a folder, cheap hashes."""
    for name in [name for name in os.environ if name.startswith("SHUOSHI_")]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"SHUOSHI_DATA": folder, "SHUOSHI_DEBUG": "1"}
    # More is raised here in a minute than a house ever hears in ten.
    os.environ["SHUOSHI_CALM"] = "1000000"
    os.environ["DJANGO_SETTINGS_MODULE"] = "shuoshi.config.settings"
    (Path(folder) / "static").mkdir()
    import django  # noqa: PLC0415 - only now is the environment what it should be
    from django.conf import settings  # noqa: PLC0415 - once Django is set up

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.DATABASES["default"]["OPTIONS"]["init_command"] += (
        "PRAGMA synchronous=OFF;"
    )
    django.setup()


def one(requests, seed):
    """Be one of the processes; answer with what was found."""
    with tempfile.TemporaryDirectory(prefix="shuoshi-fuzz-") as folder:
        _prepared(folder)
        from django.core.management import call_command  # noqa: PLC0415 - once Django is set up

        from tests.fuzz.run import Fuzz  # noqa: PLC0415 - once Django is set up
        from tests.fuzz.world import World  # noqa: PLC0415 - once Django is set up

        call_command("migrate", verbosity=0)
        fuzz = Fuzz(World(), seed)
        # What is there by now stays: the collector need not look through it again.
        gc.freeze()
        found = fuzz.run(requests)
        sys.stdout.buffer.write(json.dumps(found.as_dict()).encode())


def main():
    """Share the requests among the processes and sum up; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.requests, given.seed)
        return 0
    started = time.monotonic()
    share = -(-given.requests // given.processes)
    running = [
        subprocess.Popen(
            [
                sys.executable, "-m", "tests.fuzz", "--one",
                "--requests", str(share), "--seed", str(given.seed + place),
            ],
            stdout=subprocess.PIPE,
        )
        for place in range(given.processes)
    ]  # fmt: skip
    found, broken = Found(), False
    for process in running:
        said, _ = process.communicate()
        broken |= process.returncode != 0
        if said:
            found.add(Found.read(json.loads(said)))
    sys.stdout.write(told(found, given.seed, time.monotonic() - started) + "\n")
    return 1 if broken or found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
