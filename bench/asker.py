"""
Ask the pages of whatever checkout is on the path, in this process: for ``bench.cost``.

Reads a name and a count a line, answers with the processor and the wall time of each request.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings


Ask = Callable[[], Any]


def asks() -> dict[str, Ask]:
    """Return how each page of this checkout's own bench is asked for."""
    from bench import pages  # noqa: PLC0415 - of the checkout, once Django is set up

    clients = {
        name: pages._client(name)[0] for name in (pages.COORDINATOR, pages.UNIT_HEAD)
    }
    found: dict[str, Ask] = {
        name: (lambda c=clients[who], p=path: c.get(p))
        for name, who, path in pages._paths()
    }
    receipt = {"receipt": pages.demo_receipts()["told"]}
    found["progress"] = lambda: pages.Client().post("/progress/", receipt)
    return found | {"raise": _raise(pages)}


def _raise(pages: Any) -> Ask:
    words = pages.raising()["asked"]["body"]
    turns = iter(range(2, 10**9))

    def ask() -> Any:
        said = words.replace("{n}", str(next(turns)))
        return pages.Client().post(
            "/api/v1/matters", said, content_type="application/json"
        )

    return ask


def asked(name: str, ask: Ask, count: int) -> list[list[float]]:
    """
    Ask so often and return processor and wall time of each.

    :raises RuntimeError: if the answer is no good one.
    """
    took = []
    for _turn in range(count):
        processor, wall = time.process_time(), time.perf_counter()
        answer = ask()
        took.append([time.process_time() - processor, time.perf_counter() - wall])
        if answer.status_code not in {200, 201}:
            raise RuntimeError(f"{name}: {answer.status_code}")
    return took


def main() -> None:
    """Answer line by line until there are none."""
    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    found = asks()
    print(json.dumps(sorted(found)), flush=True)
    for line in sys.stdin:
        name, count = json.loads(line)
        print(json.dumps(asked(name, found[name], count)), flush=True)


if __name__ == "__main__":
    main()
