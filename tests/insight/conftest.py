"""A house with matters in it, and people of it signed in."""

import random

import pytest
from django.test import Client

from shuoshi.matters.actions.figures import recount_dirty
from tests.matters import counting
from tests.matters.house import build_house


@pytest.fixture
def house(db):
    return build_house()


@pytest.fixture
def stories(house):
    """Let something of every kind happen, some of it counted already."""
    rng = random.Random(7)
    for plot in counting.PLOTS:
        counting.tell(house, rng, plot)
    recount_dirty(most=6)
    return house


@pytest.fixture
def sign_in(house):
    def signed_in(who: str) -> Client:
        client = Client()
        client.force_login(house.people[who])
        return client

    return signed_in
