"""Who may still be told of a matter, and how its speaker is reached."""

import pytest

from shuoshi.matters.queries.reach import reach_of_speaker, still_told
from shuoshi.notices.rules.roads import Reach, Road
from tests.matters.house import Story, build_house


pytestmark = pytest.mark.django_db
PHONE = "13912345678"


@pytest.fixture
def house():
    return build_house()


def test_a_named_speaker_is_reached_by_the_number_they_left(house):
    story = Story(house, contact=PHONE)

    assert reach_of_speaker(story.matter.uid) == Reach(Road.SMS, PHONE)


@pytest.mark.parametrize(
    "said",
    [
        {"identity": "CONFIDENTIAL", "contact": PHONE},
        {"identity": "ANONYMOUS", "name": "", "contact": ""},
        {"contact": "井口值班室"},
        {"contact": ""},
    ],
)
def test_all_others_by_the_receipt_alone(house, said):
    assert reach_of_speaker(Story(house, **said).matter.uid) is None


def test_who_sees_the_matter_is_told_and_nobody_else(house):
    matter = Story(house).matter
    told = {
        name
        for name, person in house.people.items()
        if still_told(person.pk, [matter.uid])
    }

    assert "receiver" in told
    assert not told & {"sysadmin", "secadmin", "auditor"}


def test_who_has_left_is_told_nothing(house):
    matter = Story(house).matter
    gone = house.people["receiver"]
    gone.is_active = False
    gone.save()

    assert still_told(gone.pk, [matter.uid]) == set()
    assert still_told(0, [matter.uid]) == set()
