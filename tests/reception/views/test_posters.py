"""A poster for a place, for the wall of a shaft or a canteen."""

import pytest

from tests.matters.house import build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(build_house().people["receiver"])
    return client


def test_it_asks_for_the_place_and_then_lays_it_out(desk):
    assert "贴在哪里" in desk.get("/desk/poster/").content.decode()

    page = desk.get("/desk/poster/?place=北风井口").content.decode()

    assert "北风井口" in page
    assert "data:image/svg+xml" in page


@pytest.mark.parametrize("place", ["", "长" * 101])
def test_without_a_place_or_with_too_long_a_one_it_says_so(desk, place):
    answer = desk.get("/desk/poster/", {"place": place})

    assert answer.status_code == 422
    assert "data:image/svg+xml" not in answer.content.decode()
