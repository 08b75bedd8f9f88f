"""The company's directory: asked only where it is set, and only with a password."""

import pytest
from ldap3 import MOCK_SYNC, Connection
from ldap3.core.exceptions import LDAPSocketOpenError

from shuoshi.accounts.actions.directory import directory_accepts
from shuoshi.accounts.actions.signing_in import Attempt, NotKnown, prove_password
from tests.matters.house import NOW


NAMES = "uid={name},ou=people,dc=mine"


@pytest.fixture
def directory(settings, monkeypatch):
    """Let ldap3 itself play a directory that knows one person."""
    settings.SHUOSHI_LDAP_URL = "ldap://127.0.0.1:389"
    settings.SHUOSHI_LDAP_DN = NAMES
    settings.SHUOSHI_LDAP_STRATEGY = MOCK_SYNC
    bind, asked = Connection.bind, []

    def bound(connection, **how):
        known = {"userPassword": "the company's password", "sn": "x"}
        connection.strategy.add_entry(NAMES.format(name="mine-handler"), known)
        asked.append(connection.user)
        return bind(connection, **how)

    monkeypatch.setattr(Connection, "bind", bound)
    return asked


def attempt(house, who, password):
    return Attempt(house.people[who].username, password)


@pytest.mark.django_db
def test_the_directory_s_password_is_one(house, directory):
    right = attempt(house, "handler", "the company's password")

    assert prove_password(right, now=NOW) == house.people["handler"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "password"), [("handler", "wrong"), ("mate", "the company's password")]
)
def test_the_directory_says_no(house, directory, who, password):
    with pytest.raises(NotKnown):
        prove_password(attempt(house, who, password), now=NOW)


@pytest.mark.django_db
def test_whom_only_the_directory_knows_is_nobody_here(house, directory):
    with pytest.raises(NotKnown):
        prove_password(Attempt("stranger", "the company's password"), now=NOW)

    assert directory == []


def test_an_empty_password_is_never_asked(directory):
    assert not directory_accepts("mine-handler", "")
    assert directory == []


def test_a_name_cannot_point_elsewhere_in_the_directory(directory):
    directory_accepts("x,ou=admins", "the company's password")

    assert directory == ["uid=x\\,ou\\=admins,ou=people,dc=mine"]


def test_a_directory_that_is_away_says_no(settings, monkeypatch):
    settings.SHUOSHI_LDAP_URL = "ldap://127.0.0.1:9"

    def away(_connection, **_how):
        raise LDAPSocketOpenError

    monkeypatch.setattr(Connection, "bind", away)

    assert not directory_accepts("mine-handler", "x")


def test_without_a_directory_nobody_is_asked():
    assert not directory_accepts("mine-handler", "the company's password")
