"""
Say what is asked of the product, and how many questions each page puts to the database.

``python -m bench.inside pages`` runs beside the database, prints a list of pages with the cookie
of somebody who may see them, and is the only part that looks inside.
"""

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from shuoshi.accounts.actions.sessions import begin_session
from shuoshi.accounts.models import User
from shuoshi.accounts.rules.sessions import How
from shuoshi.accounts.views.doors import KEY
from shuoshi.demo.entrances import demo_receipts
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.keyset import mark_of


COORDINATOR, UNIT_HEAD = "tongchou", "duizhang"
COMMON = "热水"
RARE = re.compile("现场[0-9]+号")
FORM = "application/x-www-form-urlencoded"


def _paths() -> list[tuple[str, str, str]]:
    """Return each page: its name, who asks for it, its address."""
    ordered = Matter.objects.order_by("received_at", "pk").only("received_at")
    first, last = ordered.first(), ordered.last()
    middle = first.received_at + (last.received_at - first.received_at) / 2
    half = ordered.filter(received_at__gte=middle).first()
    closed = (
        Matter.objects.filter(
            state="CLOSED",
            received_at__range=(middle - timedelta(days=7), middle),
            text__contains="（现场",
        )
        .order_by("received_at", "pk")
        .select_related("lead_unit")
        .last()
    )
    rare = RARE.search(closed.text)[0]
    deep = urlencode({"older": mark_of(half, "received_at")})
    unit = urlencode({"unit": closed.lead_unit.code})
    return [
        ("workbench", COORDINATOR, "/desk/"),
        ("workbench_unit_head", UNIT_HEAD, "/desk/"),
        ("zone", COORDINATOR, "/desk/zones/handling/"),
        ("inbox", COORDINATOR, "/desk/notices/"),
        ("ledger", COORDINATOR, "/desk/ledger/"),
        ("ledger_deep", COORDINATOR, f"/desk/ledger/?{deep}"),
        ("ledger_of_unit", COORDINATOR, f"/desk/ledger/?{unit}"),
        ("ledger_overdue", COORDINATOR, "/desk/ledger/?overdue=on"),
        ("ledger_unit_head", UNIT_HEAD, "/desk/ledger/"),
        ("ledger_unit_head_deep", UNIT_HEAD, f"/desk/ledger/?{deep}"),
        ("matter", COORDINATOR, f"/desk/matters/{closed.number}/"),
        ("search_two_characters", COORDINATOR, f"/desk/search/?{_query(COMMON)}"),
        ("search_rare", COORDINATOR, f"/desk/search/?{_query(rare)}"),
        ("search_unit_head", UNIT_HEAD, f"/desk/search/?{_query(COMMON)}"),
        ("figures", COORDINATOR, "/desk/figures/"),
        ("figures_unit_head", UNIT_HEAD, "/desk/figures/"),
    ]


def _query(words: str) -> str:
    return urlencode({"q": words})


def _client(username: str) -> tuple[Client, dict[str, str]]:
    client = Client(headers={"host": "127.0.0.1"})
    person = User.objects.get(username=username)
    client.force_login(person)
    kept = client.session
    begun = begin_session(
        person, how=How.PASSWORD, device="bench", now=now(), second=True
    )
    kept[KEY] = str(begun.pk)
    kept.save()
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return client, {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}


def pages() -> list[dict[str, Any]]:
    """
    Return the pages to be asked for.

    :raises RuntimeError: if one of them does not answer.
    """
    clients = {name: _client(name) for name in (COORDINATOR, UNIT_HEAD)}
    found = [
        {
            "name": name,
            "queries": _counted(lambda c=clients[who][0], p=path: c.get(p)),
            "asked": {"path": path, "headers": clients[who][1]},
        }
        for name, who, path in _paths()
    ]
    return [*found, _progress()]


def _progress() -> dict[str, Any]:
    data = {"receipt": demo_receipts()["told"]}
    return {
        "name": "progress",
        "queries": _counted(lambda: Client().post("/progress/", data)),
        "asked": {
            "path": "/progress/",
            "method": "POST",
            "body": urlencode(data),
            "headers": {"Content-Type": FORM},
        },
    }


def _counted(ask: Any) -> int:
    """Count the second time: the first reads what every process keeps."""
    ask()
    with CaptureQueriesContext(connection) as caught:
        answer = ask()
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.request['PATH_INFO']}: {answer.status_code}")
    return len(caught)


def raising() -> dict[str, Any]:
    """Return how a matter is raised by the API, and how many questions that takes."""
    body = {
        "text": "澡堂热水不够用，升井高峰要排队，第{n}次说了。",
        "unit": "HQ",
        "identity": "named",
        "name": "石小川",
        "contact": "矿内短号66001",
    }
    words = json.dumps(body, ensure_ascii=False)

    def ask(turn: str) -> Any:
        said = words.replace("{n}", turn)
        return Client().post("/api/v1/matters", said, content_type="application/json")

    ask("0")
    with CaptureQueriesContext(connection) as caught:
        answer = ask("1")
    if answer.status_code != 201:
        raise RuntimeError(f"raise: {answer.status_code} {answer.content[:200]!r}")
    return {
        "name": "raise",
        "queries": len(caught),
        "asked": {
            "path": "/api/v1/matters",
            "method": "POST",
            "body": words,
            "status": 201,
            "headers": {"Content-Type": "application/json"},
        },
    }


if __name__ == "__main__":
    settings.ALLOWED_HOSTS = ["*"]
    print(json.dumps({"pages": pages(), "raise": raising()}, ensure_ascii=False))
