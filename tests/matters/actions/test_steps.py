import pytest

from shuoshi.matters.rules.states import State
from tests.matters.house import Story, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


def test_a_matter_walks_the_whole_loop(house):
    matter = Story(house).closed().matter

    assert matter.state == State.CLOSED
    assert (matter.solved, matter.satisfied, matter.on_time) == (True, True, True)
    assert matter.responsible is None
