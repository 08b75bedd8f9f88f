import pytest

from shuoshi.matters.models import Matter
from shuoshi.matters.queries.claims import readable_claims
from tests.matters.house import Story, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return Story(build_house(), claims=("热饭", "开门"))


def texts(matter):
    return [claim.text for claim in readable_claims(matter)]


def test_claims_come_in_order(story):
    assert texts(story.matter) == ["热饭", "开门"]


def test_sealed_ones_are_opened(story):
    story.take("hand_to_discipline", "receiver", reason="检举")

    assert texts(story.matter) == ["热饭", "开门"]
    assert readable_claims(story.matter)[0].facts == ""


def test_once_the_key_is_gone_they_say_so(story):
    story.take("hand_to_discipline", "receiver", reason="检举")
    Matter.objects.update(key="")
    story.matter.refresh_from_db()

    assert texts(story.matter) == ["这段内容已按规定清除。"] * 2
