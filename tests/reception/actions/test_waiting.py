"""Waiting in line for a time, being reminded of one, and the few of one contact."""

from datetime import time, timedelta

import pytest
from django.utils.timezone import localtime, now

from shuoshi.channels.queries.conversing import reach_of
from shuoshi.notices.models import Notice
from shuoshi.notices.rules.roads import Reach, Road
from shuoshi.reception.actions.bookings import (
    Booked,
    BookingRefused,
    Wish,
    book,
    cancel_booking,
    end_missed,
    move_booking,
)
from shuoshi.reception.actions.open_days import (
    announce_open_day,
    cancel_open_day,
    plan_open_day,
)
from shuoshi.reception.actions.registering import read_bookings
from shuoshi.reception.actions.waiting import remind_tomorrow
from shuoshi.reception.models import Booking, OpenDay
from shuoshi.reception.queries.bookings import times_of, waiting_before
from shuoshi.reception.rules.bookings import MOST_OPEN, BookingState
from tests.matters.house import build_house
from tests.support.crowd import together


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def day(house):
    """An open day with two times."""
    by, moment = house.standing("coordinator"), now()
    ahead = localtime(moment).date() + timedelta(days=40)
    planned = plan_open_day(
        f"{ahead:%Y-%m}",
        leader_id=house.people["leader"].pk,
        day=ahead,
        by=by,
        now=moment,
    )
    two = {"starts_at": time(9), "ends_at": time(9, 30), "minutes": 15}
    OpenDay.objects.filter(pk=planned.pk).update(**two)
    return announce_open_day(planned, by=by, now=moment)


def asked(house, day, who, at=None):
    wish = Wish(day.day, at, who, who, open_day=day)
    return book(wish, mine_id=house.mine.pk, now=now())


def full(house, day):
    times = times_of(house.mine.pk, now=now(), open_day=day)
    return [asked(house, day, f"有号{one.key}", one.starts_at) for one in times]


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("about", flat=True))


def again(booked):
    return Booking.objects.get(pk=booked.booking.pk)


def test_nobody_waits_while_a_time_is_free(house, day):
    with pytest.raises(BookingRefused, match="还有空着的时间") as refused:
        asked(house, day, "王某")

    assert refused.value.field == "time"


def test_who_waits_longest_has_what_comes_free_and_is_told(house, day):
    first, _second = full(house, day)
    early, late = asked(house, day, "13800000001"), asked(house, day, "13800000002")
    assert early.booking.starts_at is None
    assert waiting_before(late.booking) == 1

    cancel_booking(first.booking, now=now())

    assert again(early).state == BookingState.BOOKED
    assert again(early).starts_at == first.booking.starts_at
    assert again(late).state == BookingState.WAITING
    assert told("booking_given") == {early.booking.uid}
    assert reach_of(early.booking.uid) == Reach(Road.SMS, "13800000001")


def test_reception_sees_who_is_next(house, day):
    full(house, day)
    for who in ("王某", "李某"):
        asked(house, day, who)

    seen = read_bookings(day.day, day.day, by=house.standing("receiver"), now=now())

    assert [one.turn for one in seen] == [None, None, 1, 2]
    assert [one.name for one in seen[2:]] == ["王某", "李某"]


def test_who_left_the_line_is_passed_over(house, day):
    first, second = full(house, day)
    early, late = asked(house, day, "王某"), asked(house, day, "李某")

    cancel_booking(early.booking, now=now())
    cancel_booking(first.booking, now=now())

    assert again(early).state == BookingState.CANCELLED
    assert again(late).state == BookingState.BOOKED
    cancel_booking(second.booking, now=now())
    assert Booking.objects.filter(state=BookingState.BOOKED).count() == 1


def test_who_moves_leaves_their_time_to_the_line(house, day):
    first, second = full(house, day)
    cancel_booking(second.booking, now=now())
    third = asked(house, day, "赵某", second.booking.starts_at)
    waiting = asked(house, day, "王某")
    cancel_booking(third.booking, now=now())
    assert again(waiting).starts_at == second.booking.starts_at

    later = asked(house, day, "李某")
    with pytest.raises(BookingRefused):
        move_booking(
            first.booking,
            day=day.day,
            starts_at=second.booking.starts_at,
            now=now(),
        )

    assert again(later).state == BookingState.WAITING


def test_who_was_given_a_time_meanwhile_gives_that_one_back(house, day):
    """The page that lay open still says that they wait."""
    first, _second = full(house, day)
    waits, next_ = asked(house, day, "王某"), asked(house, day, "李某")
    cancel_booking(first.booking, now=now())

    cancel_booking(waits.booking, now=now())

    assert again(waits).state == BookingState.CANCELLED
    assert again(next_).starts_at == first.booking.starts_at


def test_many_give_back_at_once_and_each_time_goes_to_one(house, day):
    booked = full(house, day)
    waiting = [asked(house, day, f"等{place}") for place in range(4)]

    def give_back(one):
        return lambda: cancel_booking(one.booking, now=now())

    together(*(give_back(one) for one in booked))

    held = Booking.objects.filter(state=BookingState.BOOKED)
    assert len({one.starts_at for one in held}) == len(held) == 2
    assert {one.pk for one in held} == {one.booking.pk for one in waiting[:2]}


def test_nobody_waits_beside_a_time_that_comes_free(house, day):
    """Whichever comes first: who joins the line as another leaves has the time, or is told."""
    for place in range(6):
        first, _second = full(house, day)

        def join(who=f"王{place}"):
            return asked(house, day, who)

        _gone, joined = together(
            lambda one=first: cancel_booking(one.booking, now=now()), join
        )

        if isinstance(joined, Booked):
            assert again(joined).state == BookingState.BOOKED
        else:
            assert isinstance(joined, BookingRefused), joined
            assert "还有空着的时间" in joined.message
        Booking.objects.update(state=BookingState.CANCELLED, place=None)


def test_no_booking_outlives_the_day_that_is_called_off(house, day):
    by = house.standing("coordinator")

    answers = together(
        lambda: cancel_open_day(day, reason="停产检修", by=by, now=now()),
        *(
            lambda who=who, at=at: asked(house, day, who, at)
            for who, at in (("张某", time(9)), ("李某", time(9, 15)))
        ),
    )

    assert isinstance(answers[0], OpenDay)
    assert all(isinstance(one, Booked | BookingRefused) for one in answers[1:])
    assert not Booking.objects.exclude(state=BookingState.CANCELLED).exists()


def test_two_who_take_each_other_s_time_are_told_so(house):
    """On the line of whoever is on duty, where no day is held: no deadlock, no 500."""
    free = [one for one in times_of(house.mine.pk, now=now()) if one.free][-2:]
    for round_ in range(4):
        pair = [
            book(
                Wish(one.day, one.starts_at, "某", f"{round_}-{place}"),
                mine_id=house.mine.pk,
                now=now(),
            )
            for place, one in enumerate(free)
        ]
        answers = together(
            *(
                lambda mine=mine, at=at: move_booking(
                    mine.booking, day=at.day, starts_at=at.starts_at, now=now()
                )
                for mine, at in zip(pair, reversed(free), strict=True)
            )
        )

        assert all(isinstance(one, BookingRefused) for one in answers), answers
        Booking.objects.update(state=BookingState.CANCELLED, place=None)


def test_one_contact_waits_once_in_a_line(house, day):
    full(house, day)
    asked(house, day, "13800000001")

    with pytest.raises(BookingRefused, match="不用再排") as refused:
        asked(house, day, "13800000001")

    assert refused.value.field == "contact"


def test_who_booked_today_for_tomorrow_needs_no_reminder(house, day):
    full(house, day)
    before = now() + timedelta(days=39)
    Booking.objects.update(booked_at=before)

    assert remind_tomorrow(now=before) == 0


def test_who_booked_or_waits_is_told_that_the_day_is_off(house, day):
    booked = [*full(house, day), asked(house, day, "王某")]

    cancel_open_day(day, reason="停产检修", by=house.standing("coordinator"), now=now())

    assert told("booking_cancelled") == {one.booking.uid for one in booked}
    assert not Booking.objects.exclude(state=BookingState.CANCELLED).exists()


def test_the_line_ends_with_its_day(house, day):
    full(house, day)
    waiting = asked(house, day, "王某")

    end_missed(now=now() + timedelta(days=41))

    assert again(waiting).state == BookingState.CANCELLED


def test_who_comes_tomorrow_is_reminded_once(house, day):
    booked = full(house, day)
    asked(house, day, "王某")
    before = now() + timedelta(days=39)
    assert remind_tomorrow(now=before - timedelta(days=1)) == 0

    together(*(lambda: remind_tomorrow(now=before) for _worker in range(4)))

    assert told("booking_reminder") == {one.booking.uid for one in booked}
    assert Notice.objects.filter(kind="booking_reminder").count() == len(booked)


def test_one_contact_has_a_few_however_many_press_at_once(house):
    free = times_of(house.mine.pk, now=now())[-12:]

    def press(one):
        wish = Wish(one.day, one.starts_at, "张三丰", "13800000000")
        return lambda: book(wish, mine_id=house.mine.pk, now=now())

    answers = together(*(press(one) for one in free))

    assert sum(isinstance(one, Booked) for one in answers) == MOST_OPEN
    refused = [one for one in answers if isinstance(one, BookingRefused)]
    assert {one.field for one in refused} == {"contact"}
    assert len(refused) == len(free) - MOST_OPEN
    assert Booking.objects.count() == MOST_OPEN
