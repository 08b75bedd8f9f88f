import pytest

from tests.matters.house import build_house


@pytest.fixture
def house(db):
    return build_house()
