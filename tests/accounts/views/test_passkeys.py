"""Passkeys: made, shown beside the password or alone, good for this site and once."""

import pytest
from django.test import Client

from shuoshi.accounts.models import Passkey, Session
from tests.accounts.conftest import PASSWORD
from tests.accounts.device import Device


pytestmark = pytest.mark.django_db
NEW, ALONE = "/accounts/factors/passkey/", "/accounts/sign-in/passkey/"
SECOND = "/accounts/sign-in/second/"


@pytest.fixture
def person(with_password):
    return with_password("receiver")


def made(client, person, device):
    client.force_login(person)
    asked = client.get(NEW).context["asked"]
    return client.post(NEW, {"passkey": device.make(asked), "name": "办公室电脑"})


@pytest.fixture
def device(person):
    device = Device()
    assert made(Client(), person, device).url == "/accounts/"
    return device


def alone(client, answer):
    asked = client.get(ALONE).context["asked"]
    return client.post(ALONE, {"passkey": answer(asked)})


def test_a_passkey_alone_signs_in_with_both_factors(client, person, device):
    answer = alone(client, device.sign)

    assert answer.url == "/desk/"
    session = Session.objects.order_by("begun_at").last()
    assert (session.how, session.person) == ("passkey", person)
    assert client.get("/desk/").status_code == 200


def test_a_passkey_is_the_second_factor(client, person, device):
    form = {"username": person.username, "password": PASSWORD}
    assert client.post("/accounts/sign-in/", form).url == SECOND
    asked = client.get(SECOND).context["asked"]

    assert client.post(SECOND, {"passkey": device.sign(asked)}).url == "/desk/"


@pytest.mark.parametrize(
    "told",
    [
        {"verified": False},
        {"origin": "http://elsewhere.example"},
        {"challenge": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
)
def test_what_does_not_fit_is_refused(client, device, told):
    answer = alone(client, lambda asked: device.sign(asked, **told))

    assert answer.status_code == 422
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("said", ["", "x", "[]", "{}", '{"rawId": 1}', "x" * 20_000])
def test_nonsense_is_refused(client, device, said):
    assert alone(client, lambda asked: said).status_code == 422


def test_another_site_s_passkey_is_refused(client, device):
    device.host = "elsewhere.example"

    assert alone(client, device.sign).status_code == 422


def test_an_unknown_device_is_refused(client, device):
    assert alone(client, Device().sign).status_code == 422


def test_an_answer_is_good_once(client, device):
    asked = client.get(ALONE).context["asked"]
    answer = device.sign(asked)
    assert client.post(ALONE, {"passkey": answer}).url == "/desk/"

    other = Client()
    other.get(ALONE)
    assert other.post(ALONE, {"passkey": answer}).status_code == 422
    assert client.post(ALONE, {"passkey": answer}).status_code == 422


def test_a_copied_passkey_is_found_out(client, device):
    alone(client, device.sign)
    device.count -= 1

    assert alone(Client(), device.sign).status_code == 422


def test_somebody_else_s_passkey_is_no_second_factor(client, with_password, device):
    chief = with_password("chief")
    made(Client(), chief, Device())
    form = {"username": chief.username, "password": PASSWORD}
    client.post("/accounts/sign-in/", form)
    asked = client.get(SECOND).context["asked"]

    assert client.post(SECOND, {"passkey": device.sign(asked)}).status_code == 422
    assert client.get("/desk/").status_code == 302


def test_a_passkey_is_not_made_twice_nor_for_somebody_else(person, house, device):
    assert made(Client(), person, device).status_code == 422
    assert made(Client(), house.people["chief"], device).status_code == 422
    assert Passkey.objects.count() == 1


def test_a_passkey_is_removed_by_its_owner_alone(client, house, with_password, device):
    uid = Passkey.objects.get().uid
    client.force_login(with_password("handler"))
    client.post(f"/accounts/factors/passkey/{uid}/remove/")
    assert Passkey.objects.count() == 1

    # Of two the first may go, the last one not.
    client.force_login(house.people["receiver"])
    made(client, house.people["receiver"], Device())
    client.post(f"/accounts/factors/passkey/{uid}/remove/")
    last = Passkey.objects.get()
    client.post(f"/accounts/factors/passkey/{last.uid}/remove/")
    assert Passkey.objects.get() == last
