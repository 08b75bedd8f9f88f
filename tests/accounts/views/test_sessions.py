"""Sessions: listed, ended at once, idle and absolute limits, one's own alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from shuoshi.accounts.actions.people import deactivate, give_token
from shuoshi.accounts.models import Session, Token
from shuoshi.accounts.rules.devices import described
from tests.accounts.conftest import PASSWORD
from tests.support.signing import running, signed_in


pytestmark = pytest.mark.django_db


@pytest.fixture
def person(with_password):
    return with_password("handler")


@pytest.fixture
def inside(client, person):
    client.force_login(person)
    return client


def is_in(client):
    return client.get("/accounts/").status_code == 200


def test_own_sessions_are_listed_with_a_coarse_device(inside, house):
    running(house.people["mate"])

    page = inside.get("/accounts/")

    assert len(page.context["sessions"]) == 1
    assert "Linux · Chrome" in page.text


def test_one_session_is_ended_at_once(inside, person):
    other = Client()
    session = signed_in(other, person)
    assert is_in(other)

    inside.post(f"/accounts/sessions/{session.pk}/end/")

    assert not is_in(other)
    assert is_in(inside)


def test_all_others_are_ended(inside, person):
    others = [Client(), Client()]
    for other in others:
        other.force_login(person)

    inside.post("/accounts/sessions/end/")

    assert [is_in(one) for one in (inside, *others)] == [True, False, False]


def test_a_session_of_somebody_else_is_not_there(inside, house):
    session = running(house.people["mate"])

    answer = inside.post(f"/accounts/sessions/{session.pk}/end/")

    assert answer.status_code == 404
    assert Session.objects.get(pk=session.pk).ended_at is None


@pytest.mark.parametrize(
    ("begun", "seen", "holds"),
    [
        (timedelta(hours=11, minutes=59), timedelta(minutes=29), True),
        (timedelta(hours=12, minutes=1), timedelta(0), False),
        (timedelta(hours=1), timedelta(minutes=31), False),
    ],
)
def test_a_session_runs_out(inside, begun, seen, holds):
    Session.objects.update(begun_at=now() - begun, seen_at=now() - seen)

    assert is_in(inside) == holds


def test_signing_out_ends_the_session_itself(inside):
    kept = dict(inside.session.items())
    inside.post("/accounts/sign-out/")

    # Whoever kept the cookie and its row has nothing any more.
    session = inside.session
    session.update(kept)
    session.save()

    assert not is_in(inside)


def test_a_changed_password_ends_the_others(inside, person):
    other = Client()
    other.force_login(person)
    new = "another sentence I keep"

    inside.post("/accounts/password/", {"old": PASSWORD, "new": new, "again": new})

    assert is_in(inside)
    assert not is_in(other)
    assert Session.objects.filter(ended_at=None).count() == 1


def test_a_password_changed_by_another_way_ends_every_session(inside, person):
    person.set_password("a sentence from the console")
    person.save()

    assert not is_in(inside)


def test_who_is_no_longer_active_is_out_whoever_entered_it(inside, person):
    type(person).objects.filter(pk=person.pk).update(is_active=False)

    assert not is_in(inside)


def test_who_is_deactivated_is_out_and_so_are_their_programs(inside, person, house):
    give_token(person, purpose="x", now=now())

    deactivate(person, by=house.people["secadmin"], now=now())

    assert not is_in(inside)
    assert not Token.objects.exists()


def test_grave_changes_ask_once_more(inside, person):
    Session.objects.update(proved_at=now() - timedelta(minutes=11))

    asked = inside.get("/accounts/factors/app/")
    assert asked.url == "/accounts/prove/?next=%2Faccounts%2Ffactors%2Fapp%2F"
    wrong = {"proof": "wrong", "next": "/accounts/factors/app/"}
    assert inside.post("/accounts/prove/", wrong).status_code == 422
    assert inside.get("/accounts/factors/app/").status_code == 302

    proved = inside.post("/accounts/prove/", wrong | {"proof": PASSWORD})

    assert proved.url == "/accounts/factors/app/"
    assert inside.get(proved.url).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/factors/app/remove/",
        "/accounts/factors/codes/",
        "/accounts/factors/passkey/8b4f7e9e-0000-4000-8000-000000000000/remove/",
        "/accounts/tokens/1/withdraw/",
    ],
)
def test_grave_changes_are_not_made_without_it(inside, path):
    Session.objects.update(proved_at=now() - timedelta(minutes=11))

    assert inside.post(path).url.startswith("/accounts/prove/")


def test_own_tokens_are_listed_and_withdrawn(inside, person, house):
    give_token(person, purpose="台账程序", now=now())
    give_token(house.people["mate"], purpose="别人的", now=now())
    own, other = Token.objects.order_by("pk")

    page = inside.get("/accounts/").text
    assert "台账程序" in page
    assert "别人的" not in page
    assert inside.post(f"/accounts/tokens/{other.pk}/withdraw/").status_code == 404
    inside.post(f"/accounts/tokens/{own.pk}/withdraw/")

    assert list(Token.objects.all()) == [other]


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537 Edg/150.0", "Windows · Edge"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/150 MicroMessenger/8", "Android · WeChat"),
        ("curl/8", ""),
    ],
)  # fmt: skip
def test_a_device_is_told_coarsely(agent, told):
    assert described(agent) == told
