"""The demo on an empty house: of any day, and not where somebody lives already."""

from collections import Counter
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from shuoshi.accounts.models import User
from shuoshi.demo.loading import DemoRefused, load_demo
from shuoshi.matters.models import Matter, Series
from shuoshi.matters.rules.numbers import LOWEST_APART
from shuoshi.matters.rules.states import Identity, State
from shuoshi.org.actions.structure import found_mine


pytestmark = pytest.mark.django_db
# A Monday morning, a Sunday night, the middle of a long holiday, the turn of the year.
MOMENTS = [
    datetime(2026, 11, 23, 1, 5, tzinfo=UTC),
    datetime(2026, 11, 22, 15, 30, tzinfo=UTC),
    datetime(2026, 10, 4, 4, 0, tzinfo=UTC),
    datetime(2027, 1, 1, 3, 0, tzinfo=UTC),
]


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_a_demo_of_any_day_has_matters_in_all_states(now):
    loaded = load_demo(now=now, most=1)

    assert loaded.refused == ()
    assert set(Matter.objects.values_list("state", flat=True)) == set(State)
    assert set(Matter.objects.values_list("identity", flat=True)) == set(Identity)
    assert not Matter.objects.filter(received_at__gt=now).exists()
    assert not Matter.objects.filter(next_rung_at__lte=now).exists()
    in_order = Matter.objects.filter(serial__lt=LOWEST_APART)
    numbers = Counter(in_order.values_list("year", flat=True))
    assert (
        dict(Series.objects.filter(name="matters").values_list("year", "last"))
        == numbers
    )


def test_the_demo_moves_into_no_house_that_is_lived_in():
    found_mine("OTHER", name="另一个矿")

    with pytest.raises(DemoRefused):
        load_demo(now=MOMENTS[0])
    with pytest.raises(SystemExit) as end:
        call_command("demo", stdout=StringIO(), stderr=StringIO())

    assert end.value.code == 1
    assert not User.objects.exists()
