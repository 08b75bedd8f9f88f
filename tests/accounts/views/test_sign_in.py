"""Signing in: held back by stretch, never for good; the record names nobody in clear."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from shuoshi.accounts.actions import signing_in
from shuoshi.accounts.actions.signing_in import Attempt, NotKnown, prove_password
from shuoshi.accounts.actions.throttling import TooOften
from shuoshi.accounts.models import Telling
from shuoshi.accounts.rules.throttles import BLOCK, DEVICE, NAME, block_of
from shuoshi.trail.models import Event
from tests.accounts.conftest import PASSWORD
from tests.matters.evidence import tables_with
from tests.matters.house import NOW


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("password_alone")]
WRONG = "wrong"
SIGN_IN = "/accounts/sign-in/"


def sign_in(client, username, password=PASSWORD, **headers):
    form = {"username": username, "password": password}
    return client.post(SIGN_IN, form, headers=headers)


def notes(verb):
    return Event.objects.filter(verb=f"note.accounts.{verb}")


def attempt(person, password=WRONG, **told):
    return Attempt(person.username, password, **told)


def fail(person, times, now=NOW, **told):
    for _ in range(times):
        with pytest.raises(NotKnown):
            prove_password(attempt(person, **told), now=now)


def test_a_sign_in_is_on_record_with_the_person(client, with_password):
    person = with_password("handler")

    sign_in(client, person.username)

    event = notes("signed_in").get()
    assert event.by == f"person:{person.pk}"
    assert event.detail == {"how": "password", "second": False, "known": False}
    assert event.mine_id == person.posts.first().mine_id


def test_a_refusal_is_on_record_without_the_name_that_was_typed(client, with_password):
    person = with_password("handler")

    sign_in(client, person.username, "wrong")
    sign_in(client, "my-password-in-the-wrong-field", "x")

    known, unknown = notes("refused").order_by("seq")
    assert known.detail["person"] == person.pk
    assert set(unknown.detail) == {"tried"}
    # Not even its beginning.
    assert tables_with("my-password") == []


def test_the_key_of_the_session_is_a_new_one(client, with_password):
    client.get("/accounts/sign-in/passkey/")
    before = client.session.session_key

    sign_in(client, with_password("handler").username)

    assert before
    assert client.session.session_key != before


def test_unknown_names_cost_the_same_hash(with_password, monkeypatch):
    person, hashed = with_password("handler"), []
    monkeypatch.setattr(
        signing_in, "make_password", lambda password: hashed.append(password)
    )

    for name in ["nobody", person.username]:
        with pytest.raises(NotKnown):
            prove_password(Attempt(name, "wrong"), now=NOW)

    assert hashed == ["wrong"]


def test_a_name_is_held_back_and_let_through_again(with_password):
    person = with_password("handler")
    fail(person, NAME[0].most)

    with pytest.raises(TooOften):
        prove_password(attempt(person, PASSWORD), now=NOW)
    later = NOW + NAME[0].per

    assert prove_password(attempt(person, PASSWORD), now=later) == person
    assert notes("held_back").count() == 1


def test_the_longer_it_is_tried_the_less_is_let_through(with_password):
    person, moment, tried = with_password("handler"), NOW, 0
    for stretch in range(12):
        moment = NOW + stretch * NAME[0].per
        for _ in range(NAME[0].most):
            try:
                prove_password(attempt(person), now=moment)
            except NotKnown:
                tried += 1
            except TooOften:
                pass

    assert tried == NAME[1].most


def test_the_owner_s_own_device_is_not_held_back(client, with_password):
    person = with_password("handler")
    sign_in(client, person.username)
    client.post("/accounts/sign-out/")

    stranger = Client()
    said = [sign_in(stranger, person.username, "wrong").text for _ in range(10)]
    assert "试得太频繁" in said[-1]
    assert sign_in(stranger, person.username).status_code == 422

    assert sign_in(client, person.username).status_code == 302


def test_a_device_is_known_for_its_own_name_alone(client, with_password):
    handler, head = with_password("handler"), with_password("head")
    sign_in(client, handler.username)
    client.post("/accounts/sign-out/")
    for _ in range(NAME[0].most):
        sign_in(client, head.username, "wrong")

    assert sign_in(client, head.username).status_code == 422


def test_a_device_too_is_held_back_in_the_end(with_password):
    person = with_password("handler")
    fail(person, DEVICE.most, device="d")

    with pytest.raises(TooOften):
        prove_password(attempt(person, PASSWORD, device="d"), now=NOW)


def test_a_network_is_held_back_whatever_names_it_tries(with_password):
    person = with_password("handler")
    for n in range(BLOCK.most):
        with pytest.raises(NotKnown):
            prove_password(Attempt(f"name{n}", "x", block="10.0.0.0/24"), now=NOW)

    with pytest.raises(TooOften):
        prove_password(attempt(person, PASSWORD, block="10.0.0.0/24"), now=NOW)
    right = attempt(person, PASSWORD, block="10.0.1.0/24")
    assert prove_password(right, now=NOW) == person


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("10.1.2.3", "10.1.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/56"),
        ("", "unknown"),
        ("no address", "unknown"),
    ],
)
def test_addresses_are_counted_by_network(address, block):
    assert block_of(address) == block


def test_a_new_device_is_told_to_its_owner_not_the_first_one(client, with_password):
    person = with_password("handler")
    sign_in(client, person.username)
    assert not Telling.objects.exists()

    other = Client()
    sign_in(other, person.username)

    assert "没有用过的设备" in other.get("/accounts/").text
    other.post("/accounts/told/")
    assert "没有用过的设备" not in other.get("/accounts/").text


def test_what_is_seen_a_minute_later_is_written_down(client, with_password):
    person = with_password("handler")
    sign_in(client, person.username)
    session = person.sessions.get()
    session.seen_at = now() - timedelta(minutes=2)
    session.save()

    client.get("/accounts/")

    assert person.sessions.get().seen_at > session.seen_at
