import pytest
from django.utils.timezone import now

from shuoshi.accounts.actions.factors import confirm_app, prepare_app
from shuoshi.accounts.actions.people import change_password
from shuoshi.accounts.rules.totp import code_at, step_at
from tests.channels.spoken import Program, problems
from tests.matters.house import NOW


pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(house):
    change_password(house.people["receiver"], password="open sesame 42", now=NOW)
    return house.people["receiver"]


@pytest.fixture
def handler(house):
    change_password(house.people["handler"], password="open sesame 42", now=NOW)
    return house.people["handler"]


def test_a_password_gives_a_token_where_no_factor_is_demanded(
    client, handler, settings
):
    settings.SHUOSHI_SECOND_FACTOR = False

    answer = Program(client).post(
        "tokens", {"username": handler.username, "password": "open sesame 42"}
    )

    token = answer.json()["token"]
    assert answer.status_code == 201
    assert answer.json()["expires"].endswith("+08:00")
    assert "no-store" in answer["Cache-Control"]
    listed = client.get("/api/v1/matters", headers={"Authorization": f"Bearer {token}"})
    assert listed.status_code == 200


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("mine-receiver", "wrong"),
        ("mine-receiver", ""),
        ("nobody", "open sesame 42"),
    ],
)
def test_a_wrong_password_gives_none_in_the_same_words(
    client, receiver, username, password
):
    answer = Program(client).post(
        "tokens", {"username": username, "password": password}
    )

    assert answer.status_code == 401
    assert problems(answer) == {None: "登录名或者密码不对，请再试一次。"}


def test_a_name_that_no_database_holds_is_refused(client, receiver):
    answer = Program(client).post("tokens", {"username": "\x00", "password": "x"})

    assert answer.status_code == 422
    assert set(problems(answer)) == {"username"}


def test_who_left_gets_none(client, receiver):
    receiver.is_active = False
    receiver.save()

    answer = Program(client).post(
        "tokens", {"username": receiver.username, "password": "open sesame 42"}
    )

    assert answer.status_code == 401


def test_a_post_that_demands_a_second_factor_demands_it_of_programs_too(
    client, receiver
):
    who = {"username": receiver.username, "password": "open sesame 42"}
    _app, secret = prepare_app(receiver, now=now())
    confirm_app(receiver, code=code_at(secret, step_at(now()) - 1), now=now())

    assert Program(client).post("tokens", who).status_code == 401
    wrong = Program(client).post("tokens", who | {"code": "000000"})
    assert wrong.status_code == 401
    right = who | {"code": code_at(secret, step_at(now()))}
    assert Program(client).post("tokens", right).status_code == 201
