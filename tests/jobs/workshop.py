"""Workers in processes of their own, on the database of the test."""

import os
import subprocess
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection


def start_worker(until):
    """Start a process that takes jobs until there are none, or for ever."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{config['NAME']}"
    else:
        place = f"{config['USER']}@{config['HOST']}:{config['PORT']}"
        url = f"postgresql://{place}/{config['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "SHUOSHI_DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.workshop", until], env=environment
    )


def main(until):
    """Work as the command does."""
    django.setup()
    # Only now, with Django ready, can the tasks be declared.
    from shuoshi.jobs.management.commands.work import Worker  # noqa: PLC0415
    from tests.jobs import sample  # noqa: F401, PLC0415

    worker = Worker()
    if until == "empty":
        while worker.turn():
            pass
    else:
        call_command("work")


if __name__ == "__main__":
    main(sys.argv[1])
