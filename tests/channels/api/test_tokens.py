import pytest

from shuoshi.accounts.actions.people import change_password
from tests.channels.spoken import Program, problems


pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(house):
    change_password(house.people["receiver"], password="open sesame 42")
    return house.people["receiver"]


def test_a_password_gives_a_token(client, receiver):
    answer = Program(client).post(
        "tokens", {"username": receiver.username, "password": "open sesame 42"}
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
    assert problems(answer) == {None: "登录名或者密码不对。"}


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
