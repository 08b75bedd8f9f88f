from datetime import timedelta

import pytest

from shuoshi.accounts.actions.people import (
    TOKEN_DAYS,
    enter_person,
    give_token,
    mark_used,
)
from shuoshi.accounts.queries.people import UNUSED, person_named, running_token
from tests.matters.house import NOW


pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return enter_person("zhang", name="张三", password=None)


def test_a_token_stands_for_its_person_until_it_runs_out(person):
    token, _expires = give_token(person, purpose="", now=NOW)
    last = NOW + timedelta(days=TOKEN_DAYS)
    mark_used(running_token(token, now=NOW), now=last - timedelta(days=1))

    assert running_token(token, now=last - timedelta(seconds=1)).person == person
    assert running_token(token, now=last) is None


def test_a_token_that_nobody_uses_ends_sooner(person):
    token, _expires = give_token(person, purpose="", now=NOW)

    assert running_token(token, now=NOW + UNUSED - timedelta(seconds=1))
    assert running_token(token, now=NOW + UNUSED) is None


@pytest.mark.parametrize("token", ["", "wrong", "\x00", "字" * 500])
def test_any_other_stands_for_nobody(person, token):
    give_token(person, purpose="", now=NOW)

    assert running_token(token, now=NOW) is None


def test_whoever_may_not_sign_in_is_not_found(person):
    token, _expires = give_token(person, purpose="", now=NOW)
    assert person_named("zhang") == person

    person.is_active = False
    person.save()

    assert person_named("zhang") is None
    assert running_token(token, now=NOW) is None


def test_an_unknown_name_is_nobody():
    assert person_named("nobody") is None
