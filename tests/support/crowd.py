"""Let several people, or whole processes, do something at the same moment."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

from django.db import connection


def together(*works: Callable[[], Any]) -> list[Any]:
    """Start all works at once, each with a connection of its own; return what came of each."""
    gate = threading.Barrier(len(works))

    def one(work: Callable[[], Any]) -> Any:
        try:
            gate.wait(timeout=60)
            return work()
        except Exception as error:  # noqa: BLE001 - it is what the test looks at
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def processes(script: str, *arguments: str, count: int) -> list[Any]:
    """Run a script in several processes on the test's database; return what each printed."""
    environment = os.environ | {"DATABASE_URL": address(), "SHUOSHI_DEBUG": "1"}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, *arguments, str(number)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(count)
    ]
    answers = [one.communicate(timeout=180)[0] for one in running]
    assert [one.returncode for one in running] == [0] * count
    return [json.loads(answer) for answer in answers]


def address() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}"
    return (
        f"postgresql://{user}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    )
