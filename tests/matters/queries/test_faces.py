from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from shuoshi.matters.queries.clock import MineClock
from shuoshi.matters.queries.faces import Faces, faces_for
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def faces():
    return faces_for(build_house().mine.pk, now=NOW)


def end_of(month, day):
    return datetime(2026, month, day, 15, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_at", "left"),
    [
        (end_of(9, 9), "今天到期"),
        (datetime(2026, 9, 9, 8, 30, tzinfo=UTC), "今天16:30到期"),
        (end_of(9, 10), "还剩1个工作日"),
        (end_of(9, 16), "还剩5个工作日"),
        (end_of(10, 9), "还剩17个工作日"),
        (end_of(10, 10), "还剩31天"),
        (NOW - timedelta(minutes=1), "刚超期"),
        (end_of(9, 8), "超期1个工作日"),
        (end_of(9, 4), "超期3个工作日"),
        (end_of(8, 1), "超期39天"),
    ],
)
def test_how_much_time_is_left(faces, due_at, left):
    assert faces.left(due_at) == left


def test_over_a_weekend_less_than_a_working_day_is_left(faces):
    saturday = Faces(faces.clock, datetime(2026, 9, 12, 1, tzinfo=UTC))

    assert saturday.left(end_of(9, 13)) == "还剩不到1个工作日"


def test_the_face_of_a_running_deadline(faces):
    story = Story(build_house("NORTH")).handling()
    half = (
        story.matter.received_at + (story.matter.due_at - story.matter.received_at) / 2
    )
    late = story.matter.due_at + timedelta(seconds=1)

    assert faces.of(story.matter).colour == "calm"
    assert Faces(faces.clock, half).of(story.matter).colour == "notice"
    assert Faces(faces.clock, late).of(story.matter).colour == "overdue"


def test_a_mine_without_a_ladder_has_the_usual_colours():
    clock = MineClock(build_house().mine.pk)
    plain = SimpleNamespace(ladder=(), calendar=clock.calendar)

    face = Faces(plain, NOW).until(
        NOW + timedelta(hours=1), since=NOW - timedelta(hours=2)
    )

    assert face.colour == "notice"


def test_what_rests_shows_when_it_goes_on(faces):
    story = Story(build_house("NORTH")).handling()
    matter = story.take(
        "suspend", "leader", reason="等", until=date(2026, 9, 30)
    ).matter

    face = faces.of(matter)

    assert (face.colour, face.due) == ("paused", date(2026, 9, 30))


def test_what_has_ended_shows_when(faces):
    matter = Story(build_house("NORTH")).take("withdraw", "speaker").matter

    face = faces.of(matter)

    assert (face.colour, face.due) == ("stopped", matter.ended_at)
