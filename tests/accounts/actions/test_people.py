from datetime import timedelta

import pytest
from django.contrib.auth.hashers import identify_hasher

from shuoshi.accounts.actions.people import (
    TOKEN_DAYS,
    change_password,
    enter_person,
    give_token,
)
from shuoshi.accounts.models import Token, User
from shuoshi.accounts.queries.people import running_token
from tests.matters.evidence import tables_with
from tests.matters.house import NOW


pytestmark = pytest.mark.django_db


def test_a_person_is_entered_with_a_hashed_password():
    person = enter_person("zhang", name="张三", password="井下安全第一条", phone="138")

    assert User.objects.get() == person
    assert (person.name, person.phone, person.is_active) == ("张三", "138", True)
    assert person.check_password("井下安全第一条")
    assert tables_with("井下安全第一条") == []


def test_without_a_password_nobody_signs_in():
    person = enter_person("zhang", name="张三", password=None)

    assert not person.has_usable_password()
    assert not person.check_password("")


def test_a_changed_password_signs_out_elsewhere():
    person = enter_person("zhang", name="张三", password="井下安全第一条")
    signed_in = person.get_session_auth_hash()

    change_password(person, password="井下安全第二条", now=NOW)

    person = User.objects.get()
    assert person.check_password("井下安全第二条")
    assert not person.check_password("井下安全第一条")
    assert person.get_session_auth_hash() != signed_in


def test_a_token_is_shown_once_and_kept_as_a_digest():
    person = enter_person("zhang", name="张三", password=None)

    token, expires = give_token(person, purpose="p" * 200, now=NOW)

    kept = Token.objects.get()
    assert (kept.person, len(kept.purpose), kept.created_at) == (person, 100, NOW)
    assert expires == kept.expires_at == NOW + timedelta(days=TOKEN_DAYS)
    assert len(token) >= 32
    assert tables_with(token) == []
    assert running_token(token, now=NOW).person == person


def test_the_house_s_own_hasher_is_argon2id_at_a_bearable_cost(settings):
    settings.PASSWORD_HASHERS = ["shuoshi.accounts.rules.hashing.SmallArgon2Hasher"]

    person = enter_person("zhang", name="张三", password="井下安全第一条")

    assert person.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert identify_hasher(person.password).verify("井下安全第一条", person.password)
