"""Somebody signed in, with htmx or without, and how many queries a page asks."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.matters.house import build_house


HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def house(db):
    return build_house()


@pytest.fixture
def sign_in(house):
    """Return a client signed in as somebody of the house."""

    def signed_in(who: str) -> Client:
        client = Client()
        client.force_login(house.people[who])
        return client

    return signed_in


@pytest.fixture
def queries():
    """Return how many queries a page asks once everything else is remembered."""

    def counted(client: Client, url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    return counted
