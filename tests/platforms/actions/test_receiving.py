from datetime import UTC, datetime, timedelta

import pytest

from shuoshi.platforms.actions.receiving import (
    answer_behind,
    forget_answer,
    forget_received,
    take_once,
)
from shuoshi.platforms.models import Received
from tests.support.crowd import together


NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def take(number="1", says="好的", platform="WECHAT", address="", heard=None):
    def answer():
        if heard is not None:
            heard.append(number)
        return says

    return take_once(platform, number, answer, now=NOW, address=address)


@pytest.mark.django_db
def test_what_comes_again_is_answered_the_same_and_does_nothing():
    heard = []

    first, again = take(heard=heard), take(says="anders", heard=heard)

    assert (first.text, first.again) == ("好的", False)
    assert (again.text, again.again, again.pk) == ("好的", True, first.pk)
    assert heard == ["1"]


@pytest.mark.django_db
def test_the_same_number_on_another_platform_is_another_message():
    assert not take().again
    assert not take(platform="WECOM").again


@pytest.mark.django_db
def test_nothing_readable_is_kept_and_no_time_but_the_hour():
    take(number="m-777", says="回执号 1234", address="openid-1")

    row = str(Received.objects.values_list().get())
    for word in ("m-777", "1234", "openid-1"):
        assert word not in row
    assert Received.objects.get().hour == NOW.replace(minute=0, second=0)


@pytest.mark.django_db
def test_what_failed_was_not_taken_and_may_come_again():
    def fails():
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own
        take_once("WECHAT", "1", fails, now=NOW)

    assert not Received.objects.exists()
    assert not take().again


@pytest.mark.django_db
def test_an_answer_that_goes_its_own_way_is_given_once():
    pk = take(address="openid-1").pk
    assert answer_behind(pk) == ("WECHAT", "openid-1", "好的")

    forget_answer(pk)

    assert answer_behind(pk) is None
    assert take().again


@pytest.mark.django_db
def test_answers_are_forgotten_in_minutes_and_numbers_in_days():
    take()

    assert forget_received(now=NOW + timedelta(minutes=2)) == 0
    assert forget_received(now=NOW + timedelta(minutes=4)) == 1
    assert take().text == ""
    assert forget_received(now=NOW + timedelta(days=3)) == 1
    assert not take().again


@pytest.mark.django_db(transaction=True)
def test_the_same_from_many_at_once_is_heard_once():
    heard = []

    told = together(*[lambda: take(heard=heard)] * 8)

    assert heard == ["1"]
    assert {one.text for one in told} == {"好的"}
    assert sum(not one.again for one in told) == 1
