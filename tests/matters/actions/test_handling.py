from datetime import UTC, date, datetime, timedelta

import pytest

from shuoshi.common.workdays import end_of
from shuoshi.matters.models import Part
from shuoshi.matters.queries.clock import ZONE, MineClock
from shuoshi.matters.queries.progress import progress_of
from tests.matters.evidence import last, name_of, refused, said, told, verbs
from tests.matters.house import NOW, Story, answers, build_house


pytestmark = pytest.mark.django_db
TODAY = NOW.date()
# A complaint: five working days.
DUE = date(2026, 9, 16)


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    return Story(house).handling()


def test_progress_is_kept_among_those_who_work_on_it(story):
    matter = story.take("report_progress", "handler", progress="已去现场").matter

    assert (matter.state, said(matter)) == ("HANDLING", "已去现场")
    assert last(matter).detail["public"] is False
    assert told(matter, "report_progress") == ["receiver"]
    assert "report_progress" not in [one.verb for one in progress_of(matter).told]


def test_the_speaker_reads_it_if_the_handler_says_so(story):
    matter = story.take(
        "report_progress", "handler", progress="已去现场", tell_speaker=True
    ).matter

    assert progress_of(matter).told[-1].words == "已去现场"


def test_progress_leaves_deadline_and_warnings_alone(story):
    before = story.matter
    matter = story.take("report_progress", "handler", progress="已去现场").matter

    for column in ("due_at", "due_from", "rung", "next_rung_at", "answer_due_at"):
        assert getattr(matter, column) == getattr(before, column)


@pytest.mark.parametrize("who", ["head", "mate", "receiver", "leader", "speaker"])
def test_others_report_nothing(story, who):
    refused(story, "report_progress", who, progress="已去现场")


def ask(story, days=10):
    return story.take(
        "ask_extension", "handler", until=DUE + timedelta(days=days), reason="要配件"
    )


def test_an_extension_is_asked_of_the_leader_in_charge(story):
    matter = ask(story).matter

    assert matter.asked_until == date(2026, 9, 26)
    assert (matter.answer_due_at, matter.due_at) == (end_of(DUE, ZONE),) * 2
    assert last(matter).detail["until"] == "2026-09-26"
    assert said(matter) == "要配件"
    assert told(matter, "ask_extension") == ["leader"]


def test_it_is_granted_once_with_a_letter_and_the_speaker_told_why(story):
    matter = ask(story).take("grant_extension", "leader", reason="配件月底到").matter

    # The twenty-sixth is the Mid-Autumn holiday: it ends on the next working day.
    assert matter.answer_due_at == matter.due_at == end_of(date(2026, 9, 28), ZONE)
    assert (matter.extensions, matter.asked_until) == (1, None)
    assert matter.letters.get().kind == "EXTENSION"
    assert told(matter, "grant_extension") == ["handler", "receiver", "speaker"]
    assert progress_of(matter).told[-1].words == "配件月底到"
    assert matter.clock.order_by("-pk").first().kind == "EXTEND"

    again = {"until": date(2026, 10, 20), "reason": "还要"}
    assert refused(story, "ask_extension", "handler", **again)[1] == "只能延期一次。"


def test_it_is_refused_and_everything_stays(story):
    matter = ask(story).take("refuse_extension", "leader", reason="抓紧").matter

    assert (matter.asked_until, matter.extensions) == (None, 0)
    assert matter.answer_due_at == end_of(DUE, ZONE)
    assert said(matter) == "抓紧"
    assert told(matter, "refuse_extension") == ["handler"]
    ask(story)


def test_the_chief_may_grant_it_too(story):
    ask(story).take("grant_extension", "chief", reason="可以")


def test_nobody_grants_their_own(house):
    story = Story(house).triaged()
    story.take("accept", "head", handler=house.people["leader"])
    story.take("ask_extension", "leader", until=DUE + timedelta(days=3), reason="x")

    refused(story, "grant_extension", "leader", reason="自己批")
    story.take("grant_extension", "chief", reason="可以")


@pytest.mark.parametrize("who", ["handler", "head", "coordinator", "receiver"])
def test_others_do_not_grant(story, who):
    refused(ask(story), "grant_extension", who, reason="可以")
    refused(story, "refuse_extension", who, reason="不行")


@pytest.mark.parametrize("until", [DUE, DUE + timedelta(days=31)])
def test_only_one_to_thirty_days_can_be_asked_for(story, until):
    assert (
        refused(story, "ask_extension", "handler", until=until, reason="要配件")[0]
        == "until"
    )


def test_not_twice_and_not_unasked(story):
    assert "没有人申请" in refused(story, "grant_extension", "leader", reason="x")[1]
    ask(story)
    given = {"until": DUE + timedelta(days=3), "reason": "x"}
    assert "正在等待" in refused(story, "ask_extension", "handler", **given)[1]


def test_not_once_the_deadline_is_past(story):
    story.now += timedelta(days=9)
    given = {"until": DUE + timedelta(days=20), "reason": "x"}

    field, words = refused(story, "ask_extension", "handler", **given)

    assert (field, "期限已过" in words) == ("until", True)


def test_asked_in_time_it_may_be_granted_after(story):
    ask(story)
    story.now += timedelta(days=9)

    matter = story.take("grant_extension", "leader", reason="可以").matter

    assert matter.due_at > story.now


def suspend(story, *, days=7, by="leader"):
    until = story.now.date() + timedelta(days=days)
    return story.take("suspend", by, reason="等设备", until=until)


def test_an_extension_that_a_pause_has_made_pointless_is_not_granted(story):
    suspend(ask(story, days=1))
    story.now += timedelta(days=20)
    story.take("resume", "handler", reason="设备到了")

    _field, words = refused(story, "grant_extension", "leader", reason="可以")

    assert "不用再批" in words


def test_suspended(story):
    matter = suspend(story).matter

    assert (matter.suspended_at, matter.suspended_until) == (
        story.now,
        date(2026, 9, 16),
    )
    assert matter.clock.order_by("-pk").first().kind == "PAUSE"
    assert told(matter, "suspend") == ["handler", "receiver", "speaker"]
    assert progress_of(matter).told[-1].words == "等设备"
    # Only the day that was named is kept an eye on.
    assert matter.next_rung_at == end_of(matter.suspended_until, ZONE)


def test_what_was_suspended_does_not_count(story):
    story.now = datetime(2026, 9, 11, 2, tzinfo=UTC)
    suspend(story)
    story.now = datetime(2026, 9, 21, 2, tzinfo=UTC)

    matter = story.take("resume", "handler", reason="设备到了").matter

    # Two working days of five had passed; three are left from the day it resumes.
    calendar = MineClock(matter.mine_id).calendar
    left = calendar.add_working(date(2026, 9, 21), 3).day
    assert matter.answer_due_at == matter.due_at == end_of(left, ZONE)
    assert (matter.suspended_at, matter.suspended_until) == (None, None)
    assert told(matter, "resume") == ["receiver", "speaker"]


def test_pauses_add_up(story):
    for day in (10, 14):
        story.now = datetime(2026, 9, day, 2, tzinfo=UTC)
        suspend(story, days=2)
        story.now += timedelta(days=3)
        story.take("resume", "handler", reason="到了")

    # The tenth and the fourteenth counted; then the 18th, a worked Sunday, the 21st.
    assert story.matter.answer_due_at == end_of(date(2026, 9, 21), ZONE)
    kinds = list(story.matter.clock.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["START", "LIMIT", "PAUSE", "RESUME", "PAUSE", "RESUME"]


def test_while_suspended_it_is_neither_answered_nor_taken_elsewhere(house, story):
    suspend(story)

    for name, given in {
        "answer": {"answers": answers(story.matter)},
        "ask_extension": {"until": DUE, "reason": "x"},
    }.items():
        assert "请先恢复" in refused(story, name, "handler", **given)[1]
    assert "请先恢复" in refused(story, "suspend", "chief", reason="x", until=DUE)[1]


def test_only_what_is_suspended_resumes(story):
    assert refused(story, "resume", "handler", reason="x")[1] == "这件事没有挂起。"


def test_nothing_is_suspended_until_a_day_that_is_over(story):
    given = {"reason": "x", "until": TODAY - timedelta(days=1)}

    assert refused(story, "suspend", "leader", **given)[0] == "until"


@pytest.mark.parametrize("who", ["handler", "head", "coordinator", "speaker"])
def test_others_suspend_nothing(story, who):
    refused(story, "suspend", who, reason="x", until=TODAY)


def test_handed_over(house, story):
    due = story.matter.due_at
    matter = story.take(
        "hand_over", "head", handler=house.people["mate"], reason="休假"
    ).matter

    assert name_of(matter.handler) == name_of(matter.responsible) == "mate"
    assert matter.due_at == due
    assert last(matter).detail["before"] == house.people["handler"].pk
    assert said(matter) == "休假"
    assert told(matter, "hand_over") == ["mate", "receiver"]


def test_the_handler_may_hand_it_over_himself(house, story):
    story.take("hand_over", "handler", handler=house.people["mate"], reason="休假")

    refused(story, "report_progress", "handler", progress="不归我了")


def test_not_to_the_same_nor_to_who_may_not_know(house, story):
    same = {"handler": house.people["handler"], "reason": "x"}
    assert "现在就是" in refused(story, "hand_over", "head", **same)[1]
    story.take("name_object", "receiver", objects=[house.people["other"]], reason="他")

    bound = {"handler": house.people["other"], "reason": "x"}
    assert refused(story, "hand_over", "head", **bound)[0] == "handler"


@pytest.mark.parametrize("who", ["mate", "other_head", "receiver", "leader"])
def test_others_hand_nothing_over(house, story, who):
    refused(story, "hand_over", who, handler=house.people["mate"], reason="x")


def ask_part(story, *, unit="two", days=3, by="head"):
    return story.take(
        "ask_part",
        by,
        unit=story.house.units[unit],
        task="修管子",
        finish_on=TODAY + timedelta(days=days),
    )


def test_another_unit_is_asked_for_a_share(house, story):
    matter = ask_part(story).matter

    part = Part.objects.get()
    assert (part.kind, part.task, part.unit) == ("JOINT", "修管子", house.units["two"])
    assert part.due_at == end_of(TODAY + timedelta(days=3), ZONE)
    assert last(matter).detail["finish_on"] == "2026-09-12"
    assert told(matter, "ask_part") == ["other_head"]


def test_a_second_unit_is_asked_without_bothering_the_first(story):
    ask_part(story)

    assert told(ask_part(story, unit="party").matter, "ask_part") == [
        "other_head",
        "party_head",
    ]


@pytest.mark.parametrize(
    ("unit", "days", "field"),
    [("one", 3, "unit"), ("two", -1, "finish_on"), ("two", 8, "finish_on")],
)
def test_a_share_is_another_unit_s_and_within_the_deadline(story, unit, days, field):
    given = {
        "unit": story.house.units[unit],
        "task": "修",
        "finish_on": TODAY + timedelta(days=days),
    }

    assert refused(story, "ask_part", "head", **given)[0] == field


def test_a_share_is_delivered_by_the_head_of_that_unit(house, story):
    ask_part(story)
    part = Part.objects.get()
    matter = story.take("deliver_part", "other_head", part=part, result="修好").matter

    part.refresh_from_db()
    assert (part.result, part.done_at, name_of(part.done_by)) == (
        "修好",
        story.now,
        "other_head",
    )
    assert said(matter) == "修好"
    assert told(matter, "deliver_part") == ["handler"]


def test_a_share_is_delivered_once_and_by_its_own_unit(house, story):
    ask_part(ask_part(story), unit="party")
    mine, theirs = Part.objects.order_by("pk")
    story.take("deliver_part", "other_head", part=mine, result="修好")

    refused(story, "deliver_part", "other_head", part=mine, result="再交")
    assert refused(story, "deliver_part", "party_head", part=mine, result="x") == (
        "part",
        "这一件不归您，或者已经交过了。",
    )
    refused(story, "deliver_part", "handler", part=theirs, result="x")


def test_notes_are_among_those_who_take_part(story):
    matter = story.take("add_note", "leader", note="注意安全").matter

    assert (said(matter), told(matter, "add_note")) == ("注意安全", [])
    refused(story, "add_note", "other_head", note="x")


def test_the_course_of_one_matter(house, story):
    ask_part(story)

    assert verbs(story.matter) == ["register", "triage", "accept", "ask_part"]
