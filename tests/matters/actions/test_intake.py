from datetime import timedelta

import pytest

from shuoshi.matters.actions.steps import take_step
from shuoshi.matters.models import Letter, Matter
from shuoshi.matters.queries.progress import progress_of
from shuoshi.matters.rules.answers import ClaimAnswer
from tests.matters.evidence import last, name_of, refused, said, told
from tests.matters.house import NOW, Story, answers, build_house, raised, speaker


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    return Story(house)


def spot(story, who="receiver", **given):
    first = {"request_type": "HELP", "answers": answers(story.matter)}
    return story.take("solve_on_spot", who, **(first | given))


def test_solved_on_the_spot(story):
    matter = spot(story).matter

    assert (matter.state, matter.request_type) == ("ANSWERED", "HELP")
    assert (matter.solved, matter.on_time) == (True, True)
    assert name_of(matter.handler) == name_of(matter.responsible) == "receiver"
    claim = matter.claims.get()
    assert (claim.facts, claim.outcome, claim.solved) == (
        "已查清并办好。",
        "SUPPORTED",
        True,
    )


def test_solved_on_the_spot_is_on_record_and_the_speaker_told(story):
    matter = spot(story).matter
    event = last(matter)

    assert (event.verb, event.detail["from"], event.detail["to"]) == (
        "solve_on_spot",
        "RECEIVED",
        "ANSWERED",
    )
    assert event.detail["outcomes"] == {"1": "SUPPORTED"}
    assert "已查清" not in str(event.detail)
    assert told(matter, "solve_on_spot") == ["speaker"]


def test_another_than_the_first_receiver_solves_it_and_he_answers_for_it(story):
    matter = spot(story, "coordinator").matter

    assert name_of(matter.handler) == "coordinator"
    assert name_of(matter.responsible) == "receiver"


@pytest.mark.parametrize("who", ["handler", "head", "chief", "leader", "speaker"])
def test_others_cannot_solve_it(story, who):
    assert refused(
        story, "solve_on_spot", who, request_type="HELP", answers=answers(story.matter)
    ) == (None, "您不能这样做。")


def test_it_is_not_solved_without_an_answer_to_each_claim(house):
    story = Story(house, claims=("热饭", "开门"))
    some = answers(story.matter)[:1]

    assert refused(
        story, "solve_on_spot", "receiver", request_type="HELP", answers=some
    ) == ("answers", "每一个诉求点都要答复。")


def test_a_suggestion_is_adopted_not_supported(story):
    field, words = refused(
        story,
        "solve_on_spot",
        "receiver",
        request_type="SUGGESTION",
        answers=answers(story.matter),
    )

    assert (field, "采纳、部分采纳、不采纳" in words) == ("answers", True)


def test_an_unmet_claim_on_the_spot_needs_its_basis(story):
    pk = story.matter.claims.get().pk
    bare = [ClaimAnswer(pk, "查过", "NOT_SUPPORTED", solved=False)]

    field, words = refused(
        story, "solve_on_spot", "receiver", request_type="HELP", answers=bare
    )

    assert (field, "依据" in words) == ("answers", True)


DECLINE = {
    "ground": "LAW_COURTS",
    "reason": "工伤待遇争议应当仲裁。",
    "other_road": "请到劳动人事争议仲裁委员会。",
}


def test_declined_with_ground_other_road_and_a_numbered_letter(story):
    matter = story.take("decline", "receiver", **DECLINE).matter

    assert (matter.state, matter.ground, matter.responsible) == (
        "DECLINED",
        "LAW_COURTS",
        None,
    )
    assert matter.on_time is True
    assert said(matter) == "工伤待遇争议应当仲裁。\n请到劳动人事争议仲裁委员会。"
    assert last(matter).detail["ground"] == "LAW_COURTS"
    letter = matter.letters.get()
    assert (letter.kind, letter.year, letter.serial) == ("DECLINE", 2026, 1)
    assert told(matter, "decline") == ["speaker"]


def test_what_is_declined_can_be_reviewed_for_thirty_days(story):
    matter = story.take("decline", "receiver", **DECLINE).matter

    assert (matter.ask_until - story.now).days >= 30


def test_letters_are_numbered_by_kind_mine_and_year_without_gaps(house):
    north = build_house("NORTH")
    for place in (house, house, north):
        story = Story(place).take("decline", "receiver", **DECLINE)
    refused(story, "decline", "receiver", **DECLINE)
    Story(house).take("decline", "receiver", **DECLINE)

    letters = Letter.objects.order_by("mine", "serial")
    assert [(letter.mine.code, letter.serial) for letter in letters] == [
        ("MINE", 1),
        ("MINE", 2),
        ("MINE", 3),
        ("NORTH", 1),
    ]


def test_the_first_letter_of_a_year_is_number_one(house):
    Story(house).take("decline", "receiver", **DECLINE)
    later = Story(house, now=NOW + timedelta(days=130))
    later.take("decline", "coordinator", **DECLINE)

    assert [(one.year, one.serial) for one in Letter.objects.order_by("pk")] == [
        (2026, 1),
        (2027, 1),
    ]


@pytest.mark.parametrize("who", ["head", "chief", "leader", "discipline"])
def test_others_cannot_decline(story, who):
    refused(story, "decline", who, **DECLINE)


def test_what_is_sorted_cannot_be_declined_any_more(story):
    _field, words = refused(story.triaged(), "decline", "receiver", **DECLINE)

    assert words == "这件事现在是“已择事”，不能不予受理。"


MERGE = {"reason": "同一件事"}


def test_the_younger_goes_on_with_the_older(house):
    older = Story(house).triaged()
    younger = Story(house, now=older.now)
    due = (older.matter.answer_due_at, older.matter.due_at, older.matter.version)

    matter = younger.take("merge", "receiver", into=older.matter, **MERGE).matter

    assert (matter.state, matter.merged_into) == ("MERGED", older.matter)
    assert (matter.responsible, matter.due_at) == (None, None)
    assert last(matter).detail["into"] == older.matter.number
    assert said(matter) == "同一件事"
    assert told(matter, "merge") == ["speaker"]
    # The older one does not notice: no clock is touched.
    fresh = Matter.objects.get(pk=older.matter.pk)
    assert (fresh.answer_due_at, fresh.due_at, fresh.version) == due
    kinds = matter.clock.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["START", "STOP"]


def test_what_cannot_be_merged(house):
    older, younger = Story(house), Story(house, now=NOW + timedelta(minutes=1))
    ended = Story(house).take("withdraw", "speaker")
    sealed = Story(house).take("hand_to_discipline", "receiver", reason="检举")

    def words(story, into):
        field, said_ = refused(story, "merge", "receiver", into=into.matter, **MERGE)
        assert field == "into"
        return said_

    assert "不能并入自己" in words(younger, younger)
    assert "已经结束" in words(younger, ended)
    assert "已经结束" in words(younger, sealed)
    assert "后来的并入先来的" in words(older, younger)


def test_of_two_at_the_same_moment_the_second_number_is_the_younger(house):
    # Neither order would be refused otherwise, and both at once would be a circle.
    first, second = Story(house), Story(house)

    refused(first, "merge", "receiver", into=second.matter, **MERGE)
    second.take("merge", "receiver", into=first.matter, **MERGE)


def test_another_mine_s_matter_is_no_duplicate(house):
    north = Story(build_house("NORTH"))
    story = Story(house, now=NOW + timedelta(minutes=1))

    field, _words = refused(story, "merge", "receiver", into=north.matter, **MERGE)

    assert field == "into"


def test_who_raised_what_was_merged_may_have_it_looked_at_again(house):
    older = Story(house)
    story = Story(house, now=NOW + timedelta(minutes=1))
    story.take("merge", "receiver", into=older.matter, **MERGE)

    story.take("ask_review", "speaker", reason="不是同一件事")
    matter = story.take("overturn", "chief", opinion="分开办").matter

    assert (matter.state, matter.merged_into) == ("RECEIVED", None)


def test_nothing_can_be_registered_as_a_step(house):
    matter = raised(house)

    for by in (house.standing("receiver"), speaker(matter)):
        with pytest.raises(Exception, match=r"不能登记|不能这样做"):
            take_step(matter, "register", by=by, now=NOW)


@pytest.mark.parametrize("held", ["handler", "head", "line"])
def test_nothing_is_merged_into_what_the_accused_works_on(house, held):
    """Else they would answer who accuses them, and that person would read it as theirs."""
    older = Story(house).handling()
    accused = {"handler": "handler", "head": "head", "line": "leader"}[held]
    younger = Story(house, now=NOW + timedelta(hours=1))
    about = {"objects": [house.people[accused]], "reason": "说的是他"}
    younger.take("name_object", "receiver", **about)

    field, words = refused(younger, "merge", "receiver", into=older.matter, **MERGE)

    assert field == "into"
    assert "经手人" in words


def test_named_after_the_merging_the_accused_answers_nobody(house):
    older = Story(house)
    younger = Story(house, now=NOW + timedelta(hours=1))
    younger.take("merge", "receiver", into=older.matter, **MERGE)
    assert progress_of(younger.matter).main is not None

    older.handling()
    about = {"objects": [house.people["handler"]], "reason": "说的是他"}
    younger.take("name_object", "receiver", **about)

    assert progress_of(younger.matter).main is None


def test_nothing_is_merged_into_what_somebody_stepped_back_from_would_review(house):
    older = Story(house).handling()
    younger = Story(house, now=NOW + timedelta(hours=1))
    younger.take("recuse", "chief", reason="是我亲戚")

    field, _words = refused(younger, "merge", "receiver", into=older.matter, **MERGE)

    assert field == "into"
