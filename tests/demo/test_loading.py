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
from shuoshi.demo.loading import load_demo
from shuoshi.demo.people import LOGINS, demo_password
from shuoshi.demo.welcome import demo_is_open, welcome
from shuoshi.duty.models import Turn
from shuoshi.matters.actions.raising import receipt_digest
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.states import State
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.roles import Role


pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(shared_rows):
    return load_demo(now=NOW, most=1)


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
    assert Turn.objects.filter(day=NOW.date()).exists()


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
    assert load_demo(now=NOW).matters == 0
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
