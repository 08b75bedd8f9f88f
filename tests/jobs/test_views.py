from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from shuoshi.jobs.models import Heartbeat


pytestmark = pytest.mark.django_db


def test_a_house_with_a_living_worker_is_well(client):
    Heartbeat.objects.create(worker="one", at=timezone.now())

    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"database": "well", "worker": "well"}
    assert "no-cache" in answer["Cache-Control"]


@pytest.mark.parametrize("silent", [None, timedelta(minutes=5)])
def test_a_house_without_a_living_worker_is_ill(client, silent):
    if silent:
        Heartbeat.objects.create(worker="one", at=timezone.now() - silent)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"database": "well", "worker": "ill"}


def test_a_house_without_its_tables_is_ill(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE jobs_heartbeat RENAME TO lost")

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"database": "ill", "worker": "ill"}


def test_health_is_only_asked_for(client):
    assert client.post("/healthz").status_code == 405
