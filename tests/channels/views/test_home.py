import pytest
from django.utils.timezone import localdate, now

from shuoshi.duty.actions.turns import put_on_duty
from tests.channels.spoken import on_duty_now
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db


def test_home_shows_the_open_doors_and_no_other(client, house):
    page = client.get("/").content.decode()

    assert "我要说事" in page
    assert "查进度" in page
    assert "预约" in page
    for unbuilt in ("金点子", "办事指南"):
        assert unbuilt not in page


def test_home_says_who_is_on_duty(client, house):
    on_duty_now(house)

    page = client.get("/").content.decode()

    assert "receiver某" in page
    assert "party队" in page


def test_home_says_so_when_nobody_is_on_duty(client, house):
    assert "今天没有安排值班" in client.get("/").content.decode()


def test_home_without_a_mine_says_what_to_do(client):
    answer = client.get("/")

    assert answer.status_code == 200
    assert "请管理员先把单位建好" in answer.content.decode()


def test_home_leads_to_other_mines(client, house):
    build_house("SECOND")

    page = client.get("/?mine=SECOND").content.decode()

    assert '/speak/?mine=SECOND"' in page
    assert '/?mine=MINE"' in page


def test_home_sets_no_cookie(client, house):
    assert not client.get("/").cookies


@pytest.mark.parametrize("turns", [1, 3])
def test_home_asks_the_database_little(
    client, house, turns, django_assert_max_num_queries
):
    for who in ["receiver", "coordinator", "party_head"][:turns]:
        put_on_duty(house.people[who], unit=house.units["party"], day=localdate(now()))

    with django_assert_max_num_queries(4):
        client.get("/")
