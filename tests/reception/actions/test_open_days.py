"""A leader's open day: planned by rule, announced, booked, heard, reported."""

from datetime import date, time, timedelta

import pytest
from django.utils.timezone import localtime

from shuoshi.common.refusals import NotPermitted, Outdated
from shuoshi.matters.rules.sayings import Saying
from shuoshi.matters.rules.states import Channel
from shuoshi.notices.models import Notice
from shuoshi.reception.actions.bookings import (
    BookingRefused,
    Wish,
    book,
    end_missed,
    move_booking,
)
from shuoshi.reception.actions.open_days import (
    OpenDayRefused,
    announce_due,
    announce_open_day,
    cancel_open_day,
    name_substitute,
    plan_open_day,
    publish_report,
    write_report,
)
from shuoshi.reception.actions.registering import register_booking
from shuoshi.reception.models import OpenDay
from shuoshi.reception.queries.open_days import open_day_ahead, reports_of
from shuoshi.reception.rules.bookings import BookingState
from shuoshi.reception.rules.open_days import OpenDayState
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db
TODAY = localtime(NOW).date()
# The last Thursday of September 2026, with which NOW lies in one month.
THURSDAY = date(2026, 9, 24)


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def planner(house):
    return house.standing("coordinator")


@pytest.fixture
def planned(house, planner):
    return plan(house, planner)


@pytest.fixture
def announced(planned, planner):
    return announce_open_day(planned, by=planner, now=NOW)


def plan(house, by, **how):
    given = {
        "month": "2026-09",
        "leader_id": house.people["leader"].pk,
        "departments": [house.units["party"].pk],
    }
    return plan_open_day(**given | how, by=by, now=NOW)


def wish(open_day, at=time(9), **how):
    given = {"name": "张三丰", "contact": "138", "open_day": open_day}
    return Wish(open_day.day, at, **given | how)


def test_the_day_comes_from_the_rule(planned, house):
    assert planned.day == THURSDAY
    assert list(planned.departments.all()) == [house.units["party"]]
    assert open_day_ahead(house.mine.pk, today=TODAY) is None


def test_a_holiday_moves_it_and_the_plan_says_from_where(house, planner):
    early = NOW.replace(year=2025, month=1, day=2)

    moved = plan_open_day(
        "2025-01", leader_id=house.people["leader"].pk, by=planner, now=early
    )

    assert (moved.day, moved.moved_from) == (date(2025, 1, 27), date(2025, 1, 30))


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"month": "2026-08"}, "month"),
        ({"month": "never"}, "month"),
        ({"day": TODAY - timedelta(days=1)}, "day"),
        ({"leader_id": 0}, "leader"),
    ],
)
def test_what_cannot_be_planned_is_said(house, planner, how, field):
    with pytest.raises(OpenDayRefused) as refused:
        plan(house, planner, **how)
    assert refused.value.field == field


def test_a_month_has_one_until_it_is_cancelled(house, planner, planned):
    with pytest.raises(OpenDayRefused, match="已经安排过"):
        plan(house, planner)

    cancel_open_day(planned, reason="矿上开会", by=planner, now=NOW)

    plan(house, planner)


def test_announced_it_can_be_booked_by_one_each(house, announced):
    first = book(wish(announced), mine_id=house.mine.pk, now=NOW)

    assert first.booking.line == announced.line
    with pytest.raises(BookingRefused, match="被别人约走"):
        book(wish(announced, contact="139"), mine_id=house.mine.pk, now=NOW)
    # The same moment of the duty is another time.
    book(Wish(THURSDAY, time(9), "李四", "137"), mine_id=house.mine.pk, now=NOW)


def test_before_it_is_announced_nobody_can_book(house, planned):
    with pytest.raises(BookingRefused, match="现在不能约"):
        book(wish(planned), mine_id=house.mine.pk, now=NOW)


def test_a_booking_moves_within_the_day_only(house, announced):
    kept = book(wish(announced), mine_id=house.mine.pk, now=NOW).booking

    move_booking(kept, day=THURSDAY, starts_at=time(9, 15), now=NOW)
    with pytest.raises(BookingRefused, match="不能约"):
        move_booking(kept, day=THURSDAY + timedelta(days=1), starts_at=time(9), now=NOW)


def test_cancelled_it_takes_its_bookings_along(house, planner, announced):
    kept = book(wish(announced), mine_id=house.mine.pk, now=NOW).booking

    cancel_open_day(announced, reason="矿上开会", by=planner, now=NOW)

    kept.refresh_from_db()
    assert kept.state == BookingState.CANCELLED
    assert open_day_ahead(house.mine.pk, today=TODAY) is None


@pytest.mark.parametrize("who", ["leader", "chief"])
def test_whoever_listened_is_the_first_receiver(house, planner, announced, who):
    if who != "leader":
        name_substitute(announced, person_id=house.people[who].pk, by=planner, now=NOW)
    kept = book(wish(announced), mine_id=house.mine.pk, now=NOW).booking

    raised = register_booking(
        kept,
        Saying("食堂没有热饭", name="张三丰"),
        channel=Channel.WALK_IN,
        by=house.standing("receiver"),
        now=NOW,
    )

    assert raised.matter.first_receiver == house.people[who]
    kept.refresh_from_db()
    assert kept.matter == raised.matter.uid


def test_a_substitute_leads_too_and_is_somebody_else(house, planner, planned):
    for who, said in (("handler", "请选本单位的领导"), ("leader", "不能就是本人")):
        with pytest.raises(OpenDayRefused, match=said):
            name_substitute(
                planned, person_id=house.people[who].pk, by=planner, now=NOW
            )
    name_substitute(planned, person_id=house.people["chief"].pk, by=planner, now=NOW)
    assert planned.receives == house.people["chief"]
    name_substitute(planned, person_id=None, by=planner, now=NOW)
    assert planned.receives == house.people["leader"]


def test_its_report_is_published_by_another_once_it_is_over(house, planner, announced):
    with pytest.raises(OpenDayRefused, match="还没有到"):
        write_report(announced, report="来了五个人。", by=planner, now=NOW)
    receiver, after = house.standing("receiver"), NOW + timedelta(days=20)
    with pytest.raises(Outdated):
        publish_report(announced, by=receiver, now=after)

    write_report(announced, report="来了五个人。", by=planner, now=after)
    assert reports_of(house.mine.pk) == []
    with pytest.raises(NotPermitted, match="写的人不能自己公布"):
        publish_report(announced, by=planner, now=after)
    publish_report(announced, by=receiver, now=after)

    assert [one.report for one in reports_of(house.mine.pk)] == ["来了五个人。"]
    assert announced.state == OpenDayState.PUBLISHED
    with pytest.raises(Outdated):
        publish_report(announced, by=receiver, now=after)
    with pytest.raises(Outdated):
        write_report(announced, report="又来了。", by=planner, now=after)


def test_what_was_changed_after_the_look_is_not_published(house, planner, announced):
    after = NOW + timedelta(days=20)
    write_report(announced, report="来了五个人。", by=planner, now=after)
    seen = OpenDay.objects.get(pk=announced.pk)
    write_report(announced, report="来了六个人。", by=planner, now=after)

    with pytest.raises(Outdated):
        publish_report(seen, by=house.standing("receiver"), now=after)


@pytest.mark.parametrize("words", ["receiver某来说了事。", "电话 13912345678。"])
def test_a_report_gives_nobody_away(announced, planner, words):
    with pytest.raises(OpenDayRefused, match="请删去"):
        write_report(announced, report=words, by=planner, now=NOW + timedelta(days=20))


def test_it_is_announced_by_itself_in_time_and_those_concerned_are_told(house, planned):
    early = NOW.replace(month=9, day=16)
    assert announce_due(house.mine.pk, now=early) == 0

    assert announce_due(house.mine.pk, now=early + timedelta(days=1)) == 1
    assert announce_due(house.mine.pk, now=early + timedelta(days=1)) == 0

    assert OpenDay.objects.get().state == OpenDayState.ANNOUNCED
    told = Notice.objects.filter(kind="open_day_announced")
    assert house.people["leader"].pk in told.values_list("to", flat=True)


def test_who_did_not_come_is_entered_when_the_day_is_over(house, announced):
    booked = book(wish(announced), mine_id=house.mine.pk, now=NOW).booking
    day_after = NOW.replace(month=9, day=25)

    assert end_missed(now=day_after - timedelta(days=1)) == 0
    assert end_missed(now=day_after) == 1
    booked.refresh_from_db()
    assert booked.state == BookingState.NO_SHOW


def test_only_coordinators_of_the_mine_plan(house, planned):
    other = build_house("ELSEWHERE")
    for by in (house.standing("receiver"), house.standing("leader")):
        with pytest.raises(NotPermitted):
            plan(house, by, month="2026-10")
    with pytest.raises(NotPermitted):
        announce_open_day(planned, by=other.standing("coordinator"), now=NOW)
