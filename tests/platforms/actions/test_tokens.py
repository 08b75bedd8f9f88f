from datetime import UTC, datetime, timedelta

import pytest

from shuoshi.platforms.actions.tokens import (
    access_token,
    forget_token,
    refresh_token,
)
from shuoshi.platforms.models import AccessToken
from shuoshi.platforms.rules.failures import PlatformAway, PlatformOff
from shuoshi.platforms.rules.setup import PLATFORMS, WECHAT
from tests.support.crowd import together


NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def token(platform=WECHAT, now=NOW):
    return access_token(platform, clock=lambda: now)


@pytest.mark.django_db
@pytest.mark.parametrize("platform", PLATFORMS)
def test_it_is_fetched_once_and_kept_sealed(fake, platform):
    assert token(platform) == token(platform) == "token-1"

    assert fake.tokens == 1
    assert "token-1" not in str(AccessToken.objects.values_list().get())


@pytest.mark.django_db
def test_before_it_ends_a_new_one_is_fetched(fake):
    token()

    assert token(now=NOW + timedelta(seconds=7200 - 301)) == "token-1"
    assert token(now=NOW + timedelta(seconds=7200 - 299)) == "token-2"


@pytest.mark.django_db
def test_where_none_is_to_be_had_the_old_one_counts_to_its_end(fake):
    token()
    fake.answers["/cgi-bin/stable_token"] = (502, {})

    assert token(now=NOW + timedelta(seconds=7200 - 299)) == "token-1"
    with pytest.raises(PlatformAway):
        token(now=NOW + timedelta(seconds=7200 - 29))


@pytest.mark.django_db
def test_no_secret_stands_in_the_address(fake):
    token()

    assert "secret" not in str(fake.asked[0][:2])


@pytest.mark.django_db
def test_the_clockwork_is_early(fake):
    def refresh(now):
        return refresh_token(WECHAT, clock=lambda: now)

    assert not refresh(NOW)
    token()
    assert not refresh(NOW + timedelta(minutes=60))
    assert refresh(NOW + timedelta(minutes=110))
    assert token(now=NOW + timedelta(minutes=118)) == "token-2"


@pytest.mark.django_db
def test_one_that_is_refused_is_forgotten_but_not_its_successor(fake):
    token()
    forget_token(WECHAT, "token-0")
    assert token() == "token-1"

    forget_token(WECHAT, "token-1")
    assert token() == "token-2"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer",
    [
        (200, {"errcode": 40013}),
        (200, {"access_token": "t", "expires_in": "soon"}),
        (200, b"<html>"),
        (200, b"[]"),
        (500, {}),
        (200, b" " * 2_000_000),
    ],
)
def test_a_platform_that_talks_nonsense_is_away(fake, answer):
    fake.answers["/cgi-bin/stable_token"] = answer
    with pytest.raises(PlatformAway):
        token()

    del fake.answers["/cgi-bin/stable_token"]
    assert token() == "token-1"


@pytest.mark.django_db
def test_who_is_not_set_up_has_none():
    with pytest.raises(PlatformOff):
        token()


@pytest.mark.django_db(transaction=True)
def test_many_workers_fetch_one(fake):
    told = together(*[token] * 8)

    assert set(told) == {"token-1"}
    assert fake.tokens == 1
