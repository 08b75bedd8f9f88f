from datetime import timedelta

import pytest

from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.duty.queries.turns import on_duty
from shuoshi.org.actions.structure import end_post
from shuoshi.org.models import Post
from shuoshi.org.queries.generation import generation
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db
DAY = NOW.date()


@pytest.fixture
def house():
    return build_house()


def names(house, day=DAY):
    return [turn.person.name for turn in on_duty(mine_id=house.mine.pk, day=day)]


def test_turns_come_in_the_order_they_were_entered(house):
    put_on_duty(house.people["mate"], unit=house.units["one"], day=DAY)

    assert names(house) == ["receiver某", "mate某"]


def test_a_day_and_a_mine_have_their_own_turns(house):
    assert names(house, DAY + timedelta(days=1)) == []
    assert len(on_duty(mine_id=build_house("NORTH").mine.pk, day=DAY)) == 1


def test_whoever_has_left_is_not_on_duty(house):
    end_post(Post.objects.get(person=house.people["receiver"]), on=DAY)

    assert names(house) == []


def test_they_are_remembered_per_generation(house, django_assert_num_queries):
    at = generation()
    names(house)

    with django_assert_num_queries(0):
        on_duty(mine_id=house.mine.pk, day=DAY, at=at)
