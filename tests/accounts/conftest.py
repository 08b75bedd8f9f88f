import pytest

from shuoshi.accounts.actions.people import change_password
from shuoshi.accounts.actions.signing_in import forgive
from tests.matters.house import NOW, build_house


PASSWORD = "a long sentence of mine"


@pytest.fixture
def house(db):
    """Return a house whose people have one and the same password."""
    return build_house()


@pytest.fixture
def password_alone(settings):
    """Tests of the password let in by it: what every post demands besides is tried apart."""
    settings.SHUOSHI_SECOND_FACTOR = False


@pytest.fixture
def with_password(house):
    """Return somebody of the house who can sign in with the password."""

    def given(who):
        person = house.people[who]
        change_password(person, password=PASSWORD, now=NOW)
        forgive(person)
        return person

    return given
