from datetime import date, timedelta

import pytest

from shuoshi.common.workdays import end_of
from shuoshi.matters.actions.steps import take_step
from shuoshi.matters.actions.warnings import (
    _climb,
    _warn,
    climb_ladder,
    warn_of_late_parts,
)
from shuoshi.matters.models import Matter, Part
from shuoshi.matters.queries.clock import ZONE
from shuoshi.notices.models import Notice
from shuoshi.org.actions.generation import bump
from shuoshi.org.models import Rung
from shuoshi.trail.models import Event
from tests.matters.evidence import told
from tests.matters.house import NOW, Story, answers, build_house


pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    """A complaint that is being handled; five working days, due on the sixteenth."""
    return Story(house).handling()


def climbs(matter):
    return Event.objects.filter(about=matter.uid, verb="climb").order_by("seq")


def walk(matter, *, days):
    """Let the worker look every ten minutes; return when each rung was climbed."""
    now, ends = matter.received_at, matter.received_at + timedelta(days=days)
    while now < ends:
        fresh = Matter.objects.get(pk=matter.pk)
        # Nothing happens before the next rung is due.
        now = max(now + timedelta(minutes=10), fresh.next_rung_at or ends)
        climb_ladder(now=now)
    return [
        (event.detail["rung"], event.at.astimezone(ZONE)) for event in climbs(matter)
    ]


def test_the_whole_ladder_rung_by_rung(story):
    matter = story.matter
    due = matter.due_at
    share = due - matter.received_at

    climbed = walk(matter, days=40)

    assert [number for number, _at in climbed] == list(range(1, 10))
    expected = [
        matter.received_at + share * 50 / 100,
        matter.received_at + share * 75 / 100,
        matter.received_at + share * 85 / 100,
        matter.received_at + share * 99 / 100,
        due + timedelta(seconds=1),
        *(
            end_of(date(2026, 9, day), ZONE)
            # One, two, three and five working days after; the Sunday is worked.
            for day in (17, 18, 20, 22)
        ),
    ]
    assert [at for _number, at in climbed] == [at.astimezone(ZONE) for at in expected]


def test_each_rung_tells_whom_it_names_and_nobody_else(story):
    walk(story.matter, days=40)

    by_moment = {}
    for notice in Notice.objects.filter(kind="climb").select_related("to"):
        who = notice.to.username.removeprefix("mine-")
        by_moment.setdefault(notice.at, set()).add(who)
    assert [by_moment[at] for at in sorted(by_moment)] == [
        {"handler"},
        {"handler"},
        {"head"},
        {"head"},
        {"handler"},
        {"head"},
        {"coordinator"},
        {"leader"},
        {"coordinator", "leader"},
    ]


def test_every_rung_is_an_event_of_the_clock_and_the_last_one_is_kept(story):
    walk(story.matter, days=40)
    matter = Matter.objects.get()

    assert {event.by for event in climbs(matter)} == {"clock"}
    colours = [event.detail["colour"] for event in climbs(matter)]
    assert colours == ["notice", "amber", "red", "critical"] + ["overdue"] * 5
    assert climbs(matter).last().detail["tells"] == "ACCOUNTABILITY"
    assert matter.accountable
    assert (matter.rung, matter.next_rung_at) == (9, None)


def test_the_worker_may_look_as_often_as_it_likes(story):
    due = story.matter.next_rung_at

    assert climb_ladder(now=due - timedelta(seconds=1)) == 0
    assert climb_ladder(now=due) == 1
    assert climb_ladder(now=due) == climb_ladder(now=due) == 0


def test_after_a_long_sleep_it_catches_up_one_rung_a_round(story):
    late = story.now + timedelta(days=60)

    rounds = [climb_ladder(now=late) for _round in range(11)]

    assert rounds == [1] * 9 + [0] * 2
    assert Matter.objects.get().accountable


def test_so_many_a_round_and_no_more(house):
    for _time in range(3):
        Story(house)
    late = NOW + timedelta(days=5)

    assert climb_ladder(now=late, most=2) == 2


def test_what_somebody_changed_meanwhile_waits_for_the_next_round(story):
    due = story.matter.next_rung_at
    stale = Matter.objects.get()
    story.take("report_progress", "handler", progress="去了")

    assert not _climb(stale, now=due)
    assert not climbs(story.matter).exists()


def test_answered_in_time_it_climbs_no_more(story):
    story.take("answer", "handler", answers=answers(story.matter))

    assert climb_ladder(now=story.now + timedelta(days=10)) == 0


def test_a_suspended_matter_does_not_climb_until_its_day_is_over(story):
    until = TODAY + timedelta(days=30)
    story.take("suspend", "leader", reason="等", until=until)

    assert climb_ladder(now=end_of(until, ZONE) - timedelta(seconds=1)) == 0
    assert climb_ladder(now=end_of(until, ZONE)) == 1
    assert climb_ladder(now=end_of(until, ZONE) + timedelta(days=30)) == 0
    event = climbs(story.matter).get()
    assert event.detail["suspension_over"] is True
    assert told(story.matter, "climb") == ["handler", "head"]


def test_once_resumed_the_warnings_go_on(story):
    story.take("suspend", "leader", reason="等", until=TODAY)
    story.now += timedelta(days=5)
    matter = story.take("resume", "handler", reason="好了").matter

    assert matter.next_rung_at is not None
    assert climb_ladder(now=matter.next_rung_at) == 1


def test_a_shortened_ladder_ends_where_it_ends(story):
    walk(story.matter, days=7)
    Rung.objects.filter(order__gt=2).delete()
    bump()
    due = Matter.objects.get().next_rung_at

    assert climb_ladder(now=due) == 1
    assert Matter.objects.get().next_rung_at is None


def test_a_later_deadline_begins_the_ladder_anew(story):
    walk(story.matter, days=7)
    assert Matter.objects.get().rung >= 4

    story.now = end_of(date(2026, 9, 16), ZONE) - timedelta(hours=1)
    given = {"until": date(2026, 10, 10), "reason": "要配件"}
    story.take("ask_extension", "handler", **given)
    matter = story.take("grant_extension", "leader", reason="可以").matter

    assert matter.rung == 0
    assert matter.next_rung_at <= matter.due_at


def ask_part(story, *, days=2):
    return story.take(
        "ask_part",
        "head",
        unit=story.house.units["two"],
        task="修管子",
        finish_on=TODAY + timedelta(days=days),
    )


def test_a_late_share_is_spoken_of_once(story):
    ask_part(story)
    due = Part.objects.get().due_at
    events = Event.objects.count()

    assert warn_of_late_parts(now=due) == 0
    assert warn_of_late_parts(now=due + timedelta(seconds=1)) == 1
    assert warn_of_late_parts(now=due + timedelta(days=9)) == 0
    assert told(story.matter, "part_late") == ["handler", "other_head"]
    assert Event.objects.count() == events


def test_a_share_delivered_is_not_late(story):
    ask_part(story)
    story.take("deliver_part", "other_head", part=Part.objects.get(), result="修好")

    assert warn_of_late_parts(now=NOW + timedelta(days=30)) == 0


def test_nobody_is_bothered_once_the_matter_has_ended(story):
    ask_part(story).take("withdraw", "speaker")

    assert warn_of_late_parts(now=NOW + timedelta(days=30)) == 0
    assert warn_of_late_parts(now=NOW + timedelta(days=31)) == 0
    assert told(story.matter, "part_late") == []


def test_two_workers_warn_once(story):
    ask_part(story)
    late = NOW + timedelta(days=5)
    stale = Part.objects.get()
    assert warn_of_late_parts(now=late) == 1

    assert not _warn(stale, now=late)


def test_only_the_clock_does_what_the_clock_does(story):
    for name in ("climb", "close", "recalculate"):
        for who in ("coordinator", "chief", "handler"):
            with pytest.raises(Exception, match="您不能这样做"):
                take_step(story.matter, name, by=story.house.standing(who), now=NOW)
