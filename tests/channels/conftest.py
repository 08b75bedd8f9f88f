import pytest

from tests.matters.house import build_house


@pytest.fixture
def house():
    return build_house()
