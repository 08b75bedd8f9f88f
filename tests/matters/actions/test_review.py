from datetime import timedelta

import pytest

from shuoshi.matters.actions.steps import steps_open_to
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import for_the_page
from shuoshi.org.actions.structure import end_post
from shuoshi.org.models import Post
from tests.matters.evidence import name_of, refused, said, told
from tests.matters.house import NOW, Story, answers, build_house, ratings, speaker


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    return Story(house).closed()


def open_to_the_speaker(story):
    page = for_the_page(Matter.objects.filter(pk=story.matter.pk)).get()
    steps = steps_open_to(speaker(story.matter), page, now=story.now)
    return [step.name for step in steps]


def test_a_review_is_asked_of_the_leader_in_charge(story):
    matter = story.take("ask_review", "speaker", reason="没修好").matter

    assert (matter.state, matter.reviews, matter.ended_at) == ("REVIEWING", 1, None)
    assert name_of(matter.responsible) == "leader"
    assert said(matter) == "没修好"
    assert told(matter, "ask_review") == ["leader", "receiver"]
    assert 30 <= (matter.due_at - story.now).days <= 40


def test_the_last_one_of_the_chief(story):
    story.take("ask_review", "speaker", reason="没修好")
    upheld = story.take("uphold", "leader", opinion="办得对").matter
    assert (upheld.state, said(upheld)) == ("CLOSED", "办得对")
    assert told(upheld, "uphold") == ["receiver", "speaker"]
    assert upheld.letters.get().kind == "REVIEW"

    matter = story.take("ask_final_review", "speaker", reason="不服").matter

    assert (matter.state, matter.reviews) == ("FINAL_REVIEWING", 2)
    assert name_of(matter.responsible) == "chief"


def test_after_the_last_word_nothing_more_is_open(story):
    story.take("ask_review", "speaker", reason="没修好")
    story.take("uphold", "leader", opinion="办得对")
    story.take("ask_final_review", "speaker", reason="不服")
    matter = story.take("uphold", "chief", opinion="办得对").matter

    assert (matter.state, matter.ask_until) == ("CLOSED", None)
    assert open_to_the_speaker(story) == []
    assert refused(story, "ask_review", "speaker", reason="x")[0] is None
    assert refused(story, "ask_final_review", "speaker", reason="x")[0] is None


def test_one_after_the_other(story):
    assert "三十日" in refused(story, "ask_final_review", "speaker", reason="x")[1]
    assert open_to_the_speaker(story) == ["ask_review"]
    story.take("ask_review", "speaker", reason="没修好")
    story.take("uphold", "leader", opinion="办得对")
    assert open_to_the_speaker(story) == ["ask_final_review"]


def test_within_thirty_days(story):
    last = story.matter.ask_until
    assert 30 <= (last - story.now).days <= 32
    story.now = last - timedelta(minutes=1)
    assert open_to_the_speaker(story) == ["ask_review"]
    story.now = last
    assert "三十日" in refused(story, "ask_review", "speaker", reason="x")[1]


def test_overturned_it_is_received_again_with_a_limit_of_its_own(story):
    story.take("ask_review", "speaker", reason="没修好")
    matter = story.take("overturn", "leader", opinion="重办").matter

    assert (matter.state, matter.answered_at, matter.is_rated) == (
        "RECEIVED",
        None,
        False,
    )
    assert (matter.satisfied, matter.solved) == (None, None)
    assert name_of(matter.responsible) == "receiver"
    assert matter.clock.order_by("-pk").first().kind == "START"
    assert matter.answer_due_at > story.now
    assert told(matter, "overturn") == ["receiver", "speaker"]
    assert matter.letters.get().kind == "REVIEW"


def test_overturned_and_handled_anew_it_can_be_reviewed_a_last_time(house, story):
    story.take("ask_review", "speaker", reason="没修好")
    story.take("overturn", "leader", opinion="重办").handling()
    story.take("answer", "handler", answers=answers(story.matter))
    story.take("rate", "speaker", ratings=ratings(story.matter))

    assert open_to_the_speaker(story) == ["ask_final_review"]


def test_the_limit_of_another_round_counts_from_its_own_start(story):
    story.now += timedelta(days=20)
    story.take("ask_review", "speaker", reason="没修好")
    story.take("overturn", "leader", opinion="重办")
    restarted = story.now

    story.triaged(level="COMPLEX")

    # Fifteen working days from now, not from the first time it came.
    assert (story.matter.answer_due_at - restarted).days > 15


def test_what_was_declined_is_reviewed_too(house):
    story = Story(house)
    story.take(
        "decline", "receiver", ground="NOT_OURS", reason="不归我们", other_road="镇里"
    )
    story.take("ask_review", "speaker", reason="归你们")
    # The Party department is in nobody's charge, so the chief reviews.
    matter = story.take("overturn", "chief", opinion="受理").matter

    assert (matter.state, matter.ground) == ("RECEIVED", "")


def test_nobody_reviews_what_they_handled(house):
    story = Story(house).triaged()
    story.take("accept", "head", handler=house.people["leader"])
    story.take("answer", "leader", answers=answers(story.matter))
    story.take("rate", "speaker", ratings=ratings(story.matter))

    matter = story.take("ask_review", "speaker", reason="没修好").matter

    assert name_of(matter.responsible) == "chief"


def test_not_even_when_nobody_else_is_in_the_line(house):
    story = Story(house)
    given = {"request_type": "HELP", "answers": answers(story.matter)}
    story.take("solve_on_spot", "receiver", **given)
    story.take("rate", "speaker", ratings=ratings(story.matter))
    end_post(Post.objects.get(person=house.people["chief"]), on=NOW.date())

    matter = story.take("ask_review", "speaker", reason="没修好").matter

    assert name_of(matter.responsible) == "coordinator"
    story.take("uphold", "coordinator", opinion="办得对")


@pytest.mark.parametrize("who", ["handler", "receiver", "coordinator", "chief"])
def test_only_the_speaker_asks(story, who):
    refused(story, "ask_review", who, reason="x")


@pytest.mark.parametrize("who", ["handler", "head", "receiver", "chief", "speaker"])
@pytest.mark.parametrize("name", ["uphold", "overturn"])
def test_only_who_answers_for_the_review_decides(story, who, name):
    story.take("ask_review", "speaker", reason="没修好")

    refused(story, name, who, opinion="x")
