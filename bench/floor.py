"""
The least that could be done: a bare Django view with a template of 25 rows.

No middleware, no session, nobody signed in: a model, one query, a template; on the same
kind of database, by the same server with as many processes as the product.
"""

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from shuoshi.config.environment import database


ROWS = 25
PAGE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<table>
{% for row in rows %}<tr><td><a href="{% url 'row' row.pk %}">{{ row.number }}</a></td>
<td>{{ row.title }}</td><td>{{ row.state }}</td><td>{{ row.unit }}</td>
<td>{{ row.person }}</td><td>{{ row.due_at|date:"n月j日 H:i" }}</td></tr>
{% endfor %}</table></body></html>"""
MAKE = (
    "CREATE TABLE bench_floor (id bigint PRIMARY KEY, number text, title text,"
    " state text, unit text, person text, due_at {moment})"
)
COLUMNS = 7


def rows() -> list[tuple[Any, ...]]:
    """Return what the table of the floor holds."""
    first = datetime(2026, 1, 1, tzinfo=UTC)
    said = ("更衣室热水不够用", "HANDLING", "后勤服务中心", "赵建国")
    return [
        (place, f"2026-{place:04}", *said, str(first + timedelta(hours=place)))
        for place in range(1, 20 * ROWS)
    ]


def lay(folder: Path) -> str:
    """Make the floor's own SQLite file and return its URL."""
    file = folder / "floor.sqlite3"
    marks = ", ".join(["?"] * COLUMNS)
    made = sqlite3.connect(file)
    made.execute(MAKE.format(moment="text"))
    made.executemany(f"INSERT INTO bench_floor VALUES ({marks})", rows())
    made.commit()
    made.close()
    return f"sqlite:///{file}"


if "FLOOR_DATABASE" in os.environ and not settings.configured:
    settings.configure(
        SECRET_KEY="floor",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="bench.floor",
        DATABASES={"default": database(os.environ["FLOOR_DATABASE"], Path())},
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        (
                            "django.template.loaders.locmem.Loader",
                            {"floor.html": PAGE},
                        )
                    ]
                },
            }
        ],
        USE_TZ=True,
        TIME_ZONE="Asia/Shanghai",
    )
    django.setup()

    class Row(models.Model):
        """A line of the page."""

        id = models.BigIntegerField(primary_key=True)
        number = models.TextField()
        title = models.TextField()
        state = models.TextField()
        unit = models.TextField()
        person = models.TextField()
        due_at = models.DateTimeField()

        class Meta:
            app_label = "floor"
            db_table = "bench_floor"
            managed = False

        def __str__(self) -> str:
            return self.number

    def view(request: HttpRequest) -> HttpResponse:
        """Answer with the newest rows."""
        found = Row.objects.order_by("-id")[:ROWS]
        return render(request, "floor.html", {"title": "底线", "rows": found})

    urlpatterns = [path("", view), path("<int:pk>/", view, name="row")]
    application = get_wsgi_application()
