import pytest
from django.test import Client

from tests.matters.house import build_house


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
