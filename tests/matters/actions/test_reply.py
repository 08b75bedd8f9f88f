from datetime import UTC, datetime, timedelta

import pytest

from shuoshi.common.sealing import open_box
from shuoshi.matters.actions.warnings import climb_ladder
from shuoshi.matters.models import Claim, Matter
from shuoshi.matters.rules.answers import ClaimAnswer, ClaimRating
from shuoshi.trail.models import Event
from tests.matters.evidence import last, name_of, refused, said, told, verbs
from tests.matters.house import Story, answers, build_house, ratings


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    return Story(house, claims=("热饭", "开门")).handling()


def answer(story, **how):
    return story.take("answer", "handler", answers=answers(story.matter, **how))


def rate(story, grade="SATISFIED", **how):
    return story.take(
        "rate", "speaker", ratings=ratings(story.matter, grade=grade, **how)
    )


def test_every_claim_is_answered_on_its_own(story):
    first, second = story.matter.claims.order_by("place")
    matter = story.take(
        "answer",
        "handler",
        answers=[
            ClaimAnswer(first.pk, "加了保温柜", "SUPPORTED", solved=True),
            ClaimAnswer(
                second.pk, "人手不够", "NOT_SUPPORTED", solved=False, basis="定员"
            ),
        ],
    ).matter

    assert (matter.state, matter.solved, matter.satisfied) == ("ANSWERED", False, None)
    assert matter.answered_at == story.now
    assert name_of(matter.responsible) == "receiver"
    rows = Claim.objects.order_by("place").values_list(
        "facts", "outcome", "solved", "basis"
    )
    assert list(rows) == [
        ("加了保温柜", "SUPPORTED", True, ""),
        ("人手不够", "NOT_SUPPORTED", False, "定员"),
    ]


def test_an_answer_is_on_record_with_outcome_words_and_digest(story):
    matter = answer(story).matter
    event = last(matter)
    facts = matter.claims.get(place=1).facts

    assert event.detail["outcomes"] == {"1": "SUPPORTED", "2": "SUPPORTED"}
    assert event.detail["solved"] is True
    assert len(event.detail["digest"]) == 64
    assert said(matter).startswith(f"1. {facts}")
    assert told(matter, "answer") == ["receiver", "speaker"]


def test_the_first_answer_stays_on_record_when_another_takes_its_place(house):
    story = Story(house).handling()
    first = said(answer(story).matter)
    place = Event.objects.filter(about=story.matter.uid).count()
    rate(story, "DISSATISFIED")
    claim = story.matter.claims.get()

    matter = story.take(
        "answer",
        "handler",
        answers=[
            ClaimAnswer(claim.pk, "又查过", "SUPPORTED", solved=True, basis="制度")
        ],
    ).matter

    assert said(matter) == "又查过\n制度"
    kept = Event.objects.get(about=matter.uid, seq=place)
    box = open_box(matter.uid, matter.key)
    assert box.open(kept.words, f"event:{place}") == first != ""


def test_the_total_clock_stops_and_the_rating_window_opens(story):
    matter = answer(story).matter

    assert matter.clock.order_by("-pk").first().kind == "STOP"
    assert matter.on_time is True
    # The thirtieth day after the ninth of September is the ninth of October.
    assert matter.due_at == datetime(2026, 10, 9, 15, 59, 59, tzinfo=UTC)
    assert (matter.rung, matter.next_rung_at) == (0, matter.due_at)


def test_after_the_deadline_it_is_not_on_time(story):
    story.now += timedelta(days=9)

    assert answer(story).matter.on_time is False


def test_a_grievance_gets_a_numbered_letter(house):
    story = Story(house).triaged(petition_class="GRIEVANCE")
    story.take("accept", "head", handler=house.people["handler"])

    kinds = answer(story).matter.letters.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["ACCEPTANCE", "OPINION"]


def test_anything_else_gets_none(story):
    assert not answer(story).matter.letters.exists()


def test_not_without_a_basis_where_nothing_is_met(story):
    bare = [
        ClaimAnswer(claim.pk, "查过", "NOT_SUPPORTED", solved=False)
        for claim in story.matter.claims.all()
    ]

    field, words = refused(story, "answer", "handler", answers=bare)

    assert (field, "依据" in words) == ("answers", True)


@pytest.mark.parametrize("who", ["head", "mate", "receiver", "coordinator", "leader"])
def test_others_do_not_answer(story, who):
    refused(story, "answer", who, answers=answers(story.matter))


def test_rated_satisfied_it_closes(story):
    matter = rate(answer(story)).matter

    assert (matter.state, matter.satisfied, matter.is_rated) == ("CLOSED", True, True)
    assert (matter.responsible, matter.due_at, matter.next_rung_at) == (None,) * 3
    assert verbs(matter)[-2:] == ["rate", "close"]
    assert told(matter, "rate") == ["handler", "receiver"]
    assert told(matter, "close") == ["receiver", "speaker"]


def test_who_rates_and_who_closes_stands_on_record(story):
    rate(answer(story))

    rated, closed = Event.objects.order_by("-pk")[:2][::-1]
    assert (rated.by, closed.by) == ("speaker", "clock")
    assert rated.detail["grades"] == {"1": "SATISFIED", "2": "SATISFIED"}


def test_whether_it_is_solved_is_for_the_speaker_to_say(story):
    matter = rate(answer(story, solved=True), solved=False).matter

    assert (matter.satisfied, matter.solved) == (True, False)
    assert set(Claim.objects.values_list("solved", "speaker_solved")) == {(True, False)}


def test_what_the_speaker_adds_is_sealed_in_the_record(story):
    answer(story)
    first, second = story.matter.claims.order_by("place")
    story.take(
        "rate",
        "speaker",
        ratings=[
            ClaimRating(first.pk, "SATISFIED", solved=True, comment="谢谢"),
            ClaimRating(second.pk, "SATISFIED", solved=True),
        ],
    )

    event = Event.objects.get(about=story.matter.uid, verb="rate")
    assert said(story.matter, event) == "谢谢"
    assert "谢谢" not in event.words


@pytest.mark.parametrize("grade", ["DISSATISFIED", "VERY_DISSATISFIED"])
def test_rated_dissatisfied_it_is_handled_again(story, grade):
    matter = rate(answer(story), grade).matter

    assert (matter.state, matter.reopened, matter.is_rated) == ("HANDLING", 1, False)
    assert (matter.satisfied, matter.answered_at) == (False, None)
    assert name_of(matter.responsible) == "handler"
    assert verbs(matter)[-2:] == ["rate", "reopen"]
    assert told(matter, "reopen") == ["handler", "receiver", "speaker"]
    kinds = list(matter.clock.order_by("pk").values_list("kind", flat=True))
    assert kinds[-3:] == ["STOP", "STOP", "START"]
    # Five working days to make it good.
    assert matter.due_at == datetime(2026, 9, 16, 15, 59, 59, tzinfo=UTC)


def test_the_second_time_it_closes_and_the_way_on_is_the_review(story):
    rate(answer(story), "DISSATISFIED")
    answer(story)
    assert set(Claim.objects.values_list("grade", flat=True)) == {""}

    matter = rate(story, "DISSATISFIED").matter

    assert (matter.state, matter.reopened, matter.satisfied) == ("CLOSED", 1, False)
    assert matter.ask_until > story.now
    story.take("ask_review", "speaker", reason="还是没解决")


def test_rated_once(story):
    matter = answer(story).matter
    Matter.objects.filter(pk=matter.pk).update(is_rated=True)

    assert (
        "已经评价过"
        in refused(story, "rate", "speaker", ratings=ratings(story.matter))[1]
    )


def test_every_claim_is_rated_in_a_grade_that_exists(story):
    answer(story)
    some = ratings(story.matter)[:1]
    odd = ratings(story.matter, grade="FINE")

    assert refused(story, "rate", "speaker", ratings=some)[0] == "ratings"
    assert refused(story, "rate", "speaker", ratings=odd)[0] == "ratings"


@pytest.mark.parametrize("who", ["handler", "receiver", "coordinator", "chief"])
def test_only_the_speaker_rates(story, who):
    refused(answer(story), "rate", who, ratings=ratings(story.matter))


def test_the_receiver_may_reopen_it_once_before_it_is_rated(story):
    matter = answer(story).take("reopen", "receiver", reason="没答到点上").matter

    assert (matter.state, matter.reopened, said(matter)) == (
        "HANDLING",
        1,
        "没答到点上",
    )
    assert told(matter, "reopen") == ["handler", "speaker"]
    again = refused(answer(story), "reopen", "coordinator", reason="还不行")
    assert "请走复查" in again[1]


@pytest.mark.parametrize("who", ["handler", "head", "leader", "speaker"])
def test_others_do_not_reopen(story, who):
    refused(answer(story), "reopen", who, reason="不行")


def test_unrated_it_closes_by_itself_when_the_window_ends(story):
    due = answer(story).matter.due_at

    assert climb_ladder(now=due - timedelta(seconds=1)) == 0
    assert climb_ladder(now=due) == 1
    assert climb_ladder(now=due) == 0
    matter = Matter.objects.get()
    assert (matter.state, matter.is_rated, matter.satisfied) == ("CLOSED", False, None)
    assert verbs(matter)[-1] == "close"
    assert told(matter, "close") == ["receiver", "speaker"]


def test_nobody_closes_before(story):
    answer(story)

    for who in ("receiver", "coordinator", "chief", "speaker"):
        refused(story, "close", who)


OPEN_STORIES = {
    "RECEIVED": lambda story: story,
    "TRIAGED": lambda story: story.triaged(),
    "DELIBERATING": lambda story: story.triaged().take(
        "call_deliberation",
        "receiver",
        question="?",
        units=[],
        convener=story.house.people["leader"],
    ),
    "HANDLING": lambda story: story.handling(),
    "ANSWERED": lambda story: story.answered(),
    "REVIEWING": lambda story: story.closed().take(
        "ask_review", "speaker", reason="不服"
    ),
    "FINAL_REVIEWING": lambda story: (
        story.closed()
        .take("ask_review", "speaker", reason="不服")
        .take("uphold", "leader", opinion="维持")
        .take("ask_final_review", "speaker", reason="不服")
    ),
}


@pytest.mark.parametrize("state", OPEN_STORIES)
def test_the_speaker_takes_it_back_from_any_open_state(house, state):
    story = OPEN_STORIES[state](Story(house))
    assert story.matter.state == state

    matter = story.take("withdraw", "speaker", reason="已经解决").matter

    assert (matter.state, matter.responsible, matter.due_at) == (
        "WITHDRAWN",
        None,
        None,
    )
    assert matter.ended_at == story.now
    assert said(matter) == "已经解决"
    assert told(matter, "withdraw") == ["receiver"]
    assert "不能撤回" in refused(story, "withdraw", "speaker")[1]


def test_a_suspended_one_too(story):
    story.take("suspend", "leader", reason="等", until=story.now.date())

    matter = story.take("withdraw", "speaker").matter

    assert (matter.state, matter.suspended_at, matter.suspended_until) == (
        "WITHDRAWN",
        None,
        None,
    )


@pytest.mark.parametrize("who", ["handler", "receiver", "coordinator", "chief"])
def test_nobody_takes_it_back_for_the_speaker(story, who):
    refused(story, "withdraw", who)
