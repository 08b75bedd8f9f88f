"""The wall: open to all, and nothing on it tells of one person's matter."""

from datetime import date

import pytest

from shuoshi.insight.queries.wall import last_quarter, wall_of
from shuoshi.matters.rules.spans import Span
from tests.channels.spoken import on_duty_now
from tests.matters.house import NOW, build_house, raised


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


def test_it_shows_duty_figures_and_rules_without_a_sign_in(client, house):
    on_duty_now(house)

    answer = client.get("/wall/")

    page = answer.content.decode()
    assert "receiver某" in page
    assert "首问负责制度" in page
    assert client.cookies == {}
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_mine_that_is_none_is_not_found(client, house):
    assert client.get("/wall/?mine=NOWHERE").status_code == 404


def test_a_few_are_hidden_and_what_is_said_is_never_shown(client, house):
    for _time in range(3):
        raised(house, now=NOW.replace(month=5), text="澡堂水凉qzw1")

    wall = wall_of(house.mine, now=NOW)

    assert wall.quarter == Span(2026, 14)
    assert wall.raised is None
    assert all(one.hidden or one.percent is None for one in wall.numbers)
    assert "qzw1" not in client.get("/wall/").content.decode()


def test_a_number_does_not_move_while_somebody_is_speaking(house):
    before = wall_of(house.mine, now=NOW)

    for _time in range(9):
        raised(house)

    assert wall_of(house.mine, now=NOW).raised == before.raised


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), Span(2025, 16)),
        (date(2026, 3, 31), Span(2025, 16)),
        (date(2026, 4, 1), Span(2026, 13)),
        (date(2026, 12, 31), Span(2026, 15)),
    ],
)
def test_the_quarter_shown_is_over(day, quarter):
    assert last_quarter(day) == quarter


def test_it_asks_the_database_little(client, house, django_assert_max_num_queries):
    on_duty_now(house)
    client.get("/wall/")

    with django_assert_max_num_queries(20):
        client.get("/wall/")
