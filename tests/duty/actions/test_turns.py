import pytest

from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.duty.models import Turn
from shuoshi.org.queries.generation import generation
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db


def test_a_turn_is_entered_once():
    house = build_house()
    Turn.objects.all().delete()
    day, before = NOW.date(), generation()

    first = put_on_duty(house.people["mate"], unit=house.units["one"], day=day)
    then = generation()
    again = put_on_duty(house.people["mate"], unit=house.units["two"], day=day)

    assert first == again == Turn.objects.get()
    assert again.unit == house.units["one"]
    assert before != then == generation()
