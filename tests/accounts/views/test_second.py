"""The second factor: demanded by post, made before anything else, good once."""

import re

import pytest
from django.test import Client
from django.utils.timezone import now

from shuoshi.accounts.actions.factors import (
    confirm_app,
    give_recovery_codes,
    prepare_app,
)
from shuoshi.accounts.actions.people import enter_person
from shuoshi.accounts.models import Authenticator, RecoveryCode, Session
from shuoshi.accounts.rules.totp import code_at, step_at
from shuoshi.org.actions.structure import appoint
from shuoshi.org.rules.roles import Role
from shuoshi.trail.models import Event
from tests.accounts.conftest import PASSWORD
from tests.matters.evidence import tables_with
from tests.support.signing import signed_in


pytestmark = pytest.mark.django_db
SECOND, ENROL = "/accounts/sign-in/second/", "/accounts/sign-in/enrol/"


def sign_in(client, person, password=PASSWORD):
    return client.post(
        "/accounts/sign-in/", {"username": person.username, "password": password}
    )


def with_app(person):
    """Give the person an authenticator; return its secret."""
    app, secret = prepare_app(person, now=now())
    confirm_app(person, code=code_at(secret, step_at(now())), now=now())
    Authenticator.objects.filter(pk=app.pk).update(last_step=0)
    return secret


def is_in(client):
    return client.get("/accounts/").status_code == 200


def notes(verb):
    return Event.objects.filter(verb=f"note.accounts.{verb}")


def test_who_holds_no_post_needs_none(client):
    person = enter_person("wang", name="王某", password=PASSWORD)

    assert sign_in(client, person).url == "/desk/"
    assert is_in(client)


@pytest.mark.parametrize(
    "who",
    [
        "handler", "head", "receiver", "coordinator", "leader", "chief",
        "discipline", "sysadmin", "secadmin", "auditor",
    ],
)  # fmt: skip
def test_who_needs_one_makes_it_before_anything_else(client, with_password, who):
    person = with_password(who)

    assert sign_in(client, person).url == ENROL

    for path in [
        "/desk/",
        "/accounts/",
        "/accounts/password/",
        "/accounts/factors/app/",
    ]:
        assert client.get(path).url.startswith("/accounts/sign-in/")
    assert not Session.objects.filter(person=person).exists()


def test_the_first_code_lets_in_and_shows_recovery_codes(client, with_password):
    person = with_password("receiver")
    sign_in(client, person)
    secret = client.get(ENROL).context["secret"].replace(" ", "")

    assert client.post(ENROL, {"code": "000000"}).status_code == 422
    answer = client.post(ENROL, {"code": code_at(secret, step_at(now()))})

    codes = answer.context["codes"]
    assert len(codes) == RecoveryCode.objects.filter(person=person).count() == 10
    assert is_in(client)
    assert client.get("/desk/").status_code == 200
    assert Session.objects.get().second_at is not None
    for hidden in [secret, codes[0], codes[0].replace("-", "")]:
        assert tables_with(hidden) == []
    assert notes("factor_added").count() == notes("signed_in").count() == 1


def test_a_code_is_asked_for_and_taken_once(client, with_password):
    person = with_password("receiver")
    secret = with_app(person)
    code = code_at(secret, step_at(now()))

    assert sign_in(client, person).url == SECOND
    assert not is_in(client)
    assert client.post(SECOND, {"code": "000000"}).status_code == 422
    assert client.post(SECOND, {"code": code}).url == "/desk/"
    assert is_in(client)

    other = Client()
    sign_in(other, person)
    assert other.post(SECOND, {"code": code}).status_code == 422
    assert not is_in(other)
    assert notes("factor_refused").count() == 2


def test_a_recovery_code_is_good_once(client, with_password):
    person = with_password("receiver")
    with_app(person)
    code = give_recovery_codes(person, now=now())[0]
    sign_in(client, person)
    assert client.post(SECOND, {"code": code.upper()}).url == "/desk/"

    again = Client()
    sign_in(again, person)

    assert again.post(SECOND, {"code": code}).status_code == 422
    assert notes("recovery_code_used").count() == 1


def test_codes_cannot_be_guessed_at_will(client, with_password):
    person = with_password("receiver")
    with_app(person)
    sign_in(client, person)

    said = [client.post(SECOND, {"code": f"{n:06}"}).text for n in range(8)]

    assert "试得太频繁" not in said[4]
    assert "试得太频繁" in said[7]


def test_without_the_password_there_is_no_second_step(client, with_password):
    with_app(with_password("receiver"))

    assert client.get(SECOND).url == "/accounts/sign-in/"
    assert client.get(ENROL).url == "/accounts/sign-in/"
    assert client.post(SECOND, {"code": "123456"}).url == "/accounts/sign-in/"


def test_who_has_one_cannot_make_another_instead(client, with_password):
    person = with_password("receiver")
    with_app(person)
    sign_in(client, person)

    assert client.get(ENROL).url == SECOND
    assert client.post(ENROL, {"code": "123456"}).url == SECOND


def test_the_session_itself_carries_the_mark(client, house):
    signed_in(client, house.people["receiver"], second=False)
    assert client.get("/desk/").url.startswith("/accounts/sign-in/")

    signed_in(client, house.people["receiver"])
    assert client.get("/desk/").status_code == 200


def test_a_post_given_later_demands_it_at_once(client, house):
    person = enter_person("wang", name="王某", password=None)
    signed_in(client, person, second=False)
    assert client.get("/accounts/").status_code == 200

    appoint(person, role=Role.RECEPTION, unit=house.units["party"])

    assert client.get("/desk/").url.startswith("/accounts/sign-in/")


def test_the_demand_is_off_only_where_it_is_said(client, with_password, settings):
    settings.SHUOSHI_SECOND_FACTOR = False

    assert sign_in(client, with_password("receiver")).url == "/desk/"
    assert re.search(
        "演示：没有要求第二重验证", Client().get("/accounts/sign-in/").text
    )


def test_the_last_factor_stays_where_it_is_a_must(client, with_password):
    person = with_password("receiver")
    with_app(person)
    client.force_login(person)

    client.post("/accounts/factors/app/remove/")

    assert Authenticator.objects.filter(person=person).exists()


def test_without_a_demand_the_last_factor_may_go(client):
    person = enter_person("wang", name="王某", password=PASSWORD)
    with_app(person)
    give_recovery_codes(person, now=now())
    client.force_login(person)

    client.post("/accounts/factors/app/remove/")

    assert not Authenticator.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert notes("factor_removed").count() == 1
