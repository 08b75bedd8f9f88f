"""The invented mine: lived in, whole, and loaded once."""

import json
from collections import Counter
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from shuoshi.accounts.models import User
from shuoshi.demo.entrances import demo_receipts
from shuoshi.demo.loading import DemoRefused, load_demo
from shuoshi.demo.people import LOGINS, demo_password
from shuoshi.demo.welcome import demo_is_open, welcome
from shuoshi.duty.models import Turn
from shuoshi.matters.actions.raising import receipt_digest
from shuoshi.matters.models import Matter, Series
from shuoshi.matters.rules.states import Identity, State
from shuoshi.org.actions.structure import found_mine
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.roles import Role


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
    numbers = Counter(Matter.objects.values_list("year", flat=True))
    assert (
        dict(Series.objects.filter(name="matters").values_list("year", "last"))
        == numbers
    )


@pytest.fixture
def loaded():
    return load_demo(now=MOMENTS[0], most=1)


def test_the_demo_is_whole(loaded):
    out = StringIO()
    call_command("verify", "--json", stdout=out)

    found = json.loads(out.getvalue())
    assert found["ok"]
    assert found["matters"] == loaded.matters == Matter.objects.count()


def test_there_is_somebody_in_every_role(loaded):
    roles = {
        role
        for login in LOGINS
        for role in standing_of(User.objects.get(username=login.username)).roles
    }

    assert roles == set(Role)


def test_somebody_is_on_duty_on_every_working_day(loaded):
    turns = Counter(Turn.objects.values_list("unit__code", flat=True))

    assert set(turns) == {"DQ", "JW", "BGS", "GH", "JYGL"}
    assert max(turns.values()) - min(turns.values()) <= 1
    assert Turn.objects.filter(day=MOMENTS[0].date()).exists()


def test_who_signs_in_sees_a_desk(loaded):
    for login in LOGINS:
        client, person = Client(), User.objects.get(username=login.username)
        assert person.check_password(demo_password())
        client.force_login(person)
        assert client.get("/desk/", follow=True).status_code == 200


def test_the_printed_receipts_open_their_matters(loaded):
    found = {
        name: Matter.objects.get(receipt_digest=receipt_digest(receipt)).state
        for name, receipt in demo_receipts().items()
    }

    assert found == {"told": State.HANDLING, "unrated": State.ANSWERED}


def test_loading_again_does_nothing(loaded):
    assert load_demo(now=MOMENTS[0]).matters == 0
    out = StringIO()

    call_command("demo", "--json", stdout=out)

    said = json.loads(out.getvalue())
    assert said["loaded"] is False
    assert len(said["sign_ins"]) == len(Role)
    assert len(said["receipts"]) == 2
    assert Matter.objects.count() == loaded.matters


def test_the_demo_is_open_until_its_password_is_changed(loaded):
    assert demo_is_open()
    assert demo_password() in welcome()

    person = User.objects.get(username=LOGINS[0].username)
    person.set_password("something of one's own")
    person.save()

    assert not demo_is_open()


def test_the_demo_moves_into_no_house_that_is_lived_in():
    found_mine("OTHER", name="另一个矿")

    with pytest.raises(DemoRefused):
        load_demo(now=MOMENTS[0])
    with pytest.raises(SystemExit) as end:
        call_command("demo", stdout=StringIO(), stderr=StringIO())

    assert end.value.code == 1
    assert not User.objects.exists()
