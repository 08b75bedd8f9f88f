"""What the speaker is told, from the record."""

import pytest

from shuoshi.matters.actions.raising import receipt_digest
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.progress import matter_with_digests, progress_of
from shuoshi.matters.rules.states import State
from tests.matters.house import Story, answers, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


def verbs(story):
    return [one.verb for one in progress_of(story.matter).told]


def labels(story):
    return [stop.label for stop in progress_of(story.matter).stops]


def test_public_steps_alone_are_told(house):
    story = Story(house).handling()
    story.take("add_note", "handler", note="内部")
    story.take("supervise", "leader", demand="快办", finish_on=story.now.date())

    assert verbs(story) == ["register", "triage", "accept"]


def test_a_return_between_units_is_not_told_but_opens_the_step_again(house):
    story = Story(house).triaged().take("send_back", "head", reason="不归我们")

    assert "send_back" not in verbs(story)
    assert labels(story)[1] == "正在分办"
    assert progress_of(story.matter).unit == ""


def test_progress_is_told_if_the_handler_says_so(house):
    story = Story(house).handling()
    story.take("report_progress", "handler", progress="内部", tell_speaker=False)
    story.take("report_progress", "handler", progress="已经订货", tell_speaker=True)

    told = progress_of(story.matter).told

    assert [one.words for one in told if one.verb == "report_progress"] == ["已经订货"]


def test_the_unit_stands_with_the_step_that_gave_it(house):
    told = progress_of(Story(house).handling().matter).told

    assert [one.unit for one in told] == ["", "one队", ""]


def test_what_is_due_follows_the_state(house):
    story = Story(house)
    assert progress_of(story.matter).due_at == story.matter.answer_due_at

    story.answered()
    assert progress_of(story.matter).due_at == story.matter.due_at

    story.take("withdraw", "speaker")
    assert progress_of(story.matter).due_at is None


def test_deliberation_and_suspension_are_named(house):
    story = Story(house).handling()
    story.take(
        "suspend", "leader", reason="等配件", until=story.now.date().replace(month=12)
    )
    assert progress_of(story.matter).stops[2].note == "one队，暂缓办理"

    story = Story(house).triaged()
    story.take(
        "call_deliberation",
        "receiver",
        question="谁来修",
        units=[house.units["two"]],
        convener=house.people["leader"],
    )
    assert progress_of(story.matter).stops[2].note == "有关单位正在议事"


def test_a_merged_matter_follows_the_last_of_the_chain(house):
    first, second, third = (Story(house) for _ in range(3))
    third.take("merge", "receiver", into=second.matter, reason="同一件")
    second.now = third.now
    second.take("merge", "receiver", into=first.matter, reason="同一件")
    first.handling()

    course = progress_of(third.matter).main

    assert [stop.label for stop in course.stops][2] == "部门在办"
    assert course.due_at == Matter.objects.get(pk=first.matter.pk).answer_due_at


def test_a_sealed_matter_has_no_claims_to_show(house):
    story = Story(house).take("hand_to_discipline", "receiver", reason="检举")

    told = progress_of(story.matter)

    assert told.claims == []
    assert [one.words for one in told.told] == ["", ""]
    assert labels(story) == ["已接事", "已移交"]


def test_an_overturned_answer_begins_the_line_anew(house):
    story = Story(house).closed().take("ask_review", "speaker", reason="没修好")
    assert labels(story)[-1] == "复查中"

    story.take("overturn", "leader", opinion="重新办理")

    assert story.matter.state == State.RECEIVED
    assert labels(story) == ["已接事", "正在分办", "部门办理", "回复", "办结"]


def test_words_whose_key_is_gone_are_said_to_be_gone(house):
    story = Story(house).take(
        "decline", "receiver", ground="NOT_OURS", reason="不归", other_road="区里"
    )
    Matter.objects.update(key="")
    story.matter.refresh_from_db()

    assert progress_of(story.matter).told[-1].words == "这段内容已按规定清除。"


def test_the_receiver_is_named_with_the_unit(house):
    told = progress_of(Story(house).matter)

    assert (told.receiver, told.receiver_unit) == ("receiver某", "party队")


def test_a_receipt_finds_its_matter_and_no_other(house):
    story = Story(house).handling()
    story.take("answer", "handler", answers=answers(story.matter))
    digest = story.matter.receipt_digest

    assert matter_with_digests(["another", digest]) == story.matter
    assert matter_with_digests([receipt_digest("1234567890123456")]) is None
