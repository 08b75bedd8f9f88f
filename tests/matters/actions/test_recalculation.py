"""Load a year: what its days move is moved on the record, the rest stays untouched."""

from datetime import UTC, date, datetime, timedelta

import pytest

from shuoshi.common.workdays import end_of
from shuoshi.matters.actions.warnings import (
    _recalculate,
    recalculate_deadlines,
)
from shuoshi.matters.models import ClockEntry, Matter
from shuoshi.matters.queries.clock import ZONE
from shuoshi.notices.models import Notice
from shuoshi.org.actions.calendar import load_year, seed_calendar, set_day, unload_year
from shuoshi.org.models import DayKind
from shuoshi.org.rules.plans import YearPlan
from shuoshi.org.rules.standing import CLOCK
from tests.matters.evidence import everything_about, last, told, verbs
from tests.matters.house import NOW, Story, answers, build_house


pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def house():
    return build_house()


# Raised on a Monday in December; what 2027 holds is not published yet.
DECEMBER = datetime(2026, 12, 28, 2, tzinfo=UTC)
# The first of January, and two days of an invented bridge after it.
PLAN = YearPlan(
    2027,
    {
        date(2027, 1, 1): "元旦",
        date(2027, 1, 4): "元旦",
        date(2027, 1, 5): "元旦",
    },
    {},
)


@pytest.fixture
def calendar(house):
    seed_calendar(now=DECEMBER)


def load(plan=PLAN):
    since = load_year(plan, source="示例", by=CLOCK, now=DECEMBER)
    return recalculate_deadlines(now=DECEMBER + timedelta(days=1), since=since)


@pytest.fixture
def december(house, calendar):
    """A complaint over the turn of the year: five working days, two of them known."""
    story = Story(house, now=DECEMBER)
    story.take(
        "triage",
        "coordinator",
        lead_unit=house.units["one"],
        request_type="COMPLAINT",
        petition_class="",
        level="ORDINARY",
    )
    return story.take("accept", "head", handler=house.people["handler"])


def test_over_the_turn_of_the_year_a_deadline_is_provisional(december):
    matter = december.matter

    assert matter.provisional
    assert matter.due_at == matter.answer_due_at == end_of(date(2027, 1, 5), ZONE)
    assert last(matter).detail["due"] == matter.due_at.isoformat()


def test_the_published_year_moves_it_and_makes_it_sure(december):
    Notice.objects.all().delete()

    assert load() == 1

    matter = Matter.objects.get()
    assert not matter.provisional
    assert matter.answer_due_at == matter.due_at == end_of(date(2027, 1, 7), ZONE)
    event = last(matter)
    assert (event.verb, event.by) == ("recalculate", "clock")
    assert event.detail["due"] == matter.due_at.isoformat()
    entry = matter.clock.order_by("-pk").first()
    assert (entry.kind, entry.due_at, entry.provisional) == (
        "RECALCULATE",
        matter.due_at,
        False,
    )
    assert told(matter, "recalculate") == ["handler"]
    assert matter.next_rung_at < matter.due_at


def test_where_nothing_moves_it_is_made_sure_all_the_same(december):
    plain = YearPlan(2027, {date(2027, 1, 1): "元旦"}, {})

    assert load(plain) == 1
    matter = Matter.objects.get()
    assert (matter.provisional, matter.due_at) == (
        False,
        end_of(date(2027, 1, 5), ZONE),
    )


def test_a_second_look_changes_nothing(december):
    load()
    before = everything_about(december.matter.pk)

    assert recalculate_deadlines(now=NOW, since=date(2027, 1, 1)) == 0
    assert everything_about(december.matter.pk) == before


def test_what_the_year_does_not_touch_stays_untouched(house, calendar):
    story = Story(house).handling()
    before = everything_about(story.matter.pk)

    assert load() == 0
    assert everything_about(story.matter.pk) == before


def test_a_day_that_somebody_named_stays(december):
    december.take("instruct", "leader", instruction="快", finish_on=date(2026, 12, 30))

    assert load() == 1
    matter = Matter.objects.get()
    assert matter.due_at == end_of(date(2026, 12, 30), ZONE)
    assert matter.answer_due_at == end_of(date(2027, 1, 7), ZONE)


def test_the_limit_of_a_step_moves_too(house, calendar):
    story = Story(house, now=datetime(2026, 12, 31, 2, tzinfo=UTC))
    assert story.matter.provisional
    assert story.matter.due_at == end_of(date(2027, 1, 4), ZONE)

    assert load() == 1

    assert Matter.objects.get().due_at == end_of(date(2027, 1, 6), ZONE)


def test_a_rating_window_moves_without_a_total_clock(december):
    december.take("answer", "handler", answers=answers(december.matter))
    assert december.matter.provisional
    kinds = ClockEntry.objects.count()
    # The thirtieth day is the twenty-seventh of January.
    off = {**PLAN.holidays, date(2027, 1, 27): "示例"}

    assert load(YearPlan(2027, off, {})) == 1

    matter = Matter.objects.get()
    assert matter.due_at == end_of(date(2027, 1, 28), ZONE) == matter.next_rung_at
    assert not matter.provisional
    assert ClockEntry.objects.count() == kinds


def test_an_ended_matter_is_left_alone(december):
    december.take("withdraw", "speaker")

    assert load() == 0
    assert "recalculate" not in verbs(december.matter)


def test_a_plan_taken_back_makes_deadlines_provisional_again(december):
    load()
    since = unload_year(2027, by=CLOCK, now=NOW)

    assert recalculate_deadlines(now=NOW, since=since) == 1
    assert Matter.objects.get().provisional


def test_a_closure_of_the_mine_moves_what_falls_on_it(house, calendar):
    story = Story(house).handling()
    since = set_day(
        date(2026, 9, 16),
        kind=DayKind.CLOSURE,
        by=CLOCK,
        mine=house.mine,
        name="检修",
        now=NOW,
    )

    assert recalculate_deadlines(now=story.now, since=since) == 1
    assert Matter.objects.get().due_at == end_of(date(2026, 9, 17), ZONE)


def test_what_ends_while_it_is_looked_up_is_passed_over(december):
    stale = Matter.objects.get()
    december.take("withdraw", "speaker")

    assert not _recalculate(stale, now=NOW)
