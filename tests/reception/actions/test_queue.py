"""Numbers: given once, called in order, and nobody is told by them."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime, now

from shuoshi.common.refusals import NotPermitted, Outdated
from shuoshi.matters.rules.sayings import Saying
from shuoshi.matters.rules.states import Channel
from shuoshi.reception.actions.bookings import Wish, book
from shuoshi.reception.actions.queue import (
    QueueRefused,
    begin_talk,
    call_again,
    call_next,
    end_talk,
    pass_over,
    register_ticket,
    take_number,
)
from shuoshi.reception.models import Booking, OpenDay, Ticket
from shuoshi.reception.queries.bookings import times_of
from shuoshi.reception.queries.queue import before, queue_of, queues_of
from shuoshi.reception.rules.bookings import ON_DUTY, BookingState
from shuoshi.reception.rules.open_days import OpenDayState
from tests.channels.spoken import on_duty_now
from tests.matters.house import build_house
from tests.support.crowd import together


WORDS = "澡堂的水凉了三天。"


@pytest.fixture
def house():
    house = build_house()
    on_duty_now(house)
    return house


@pytest.fixture
def desk(house):
    return house.standing("receiver")


@pytest.fixture
def open_day(house):
    """An open day of a leader, today."""
    today = localtime(now()).date()
    return OpenDay.objects.create(
        mine=house.mine,
        month=f"{today:%Y-%m}",
        day=today,
        leader=house.people["leader"],
        starts_at="00:00",
        ends_at="23:59",
        minutes=15,
        state=OpenDayState.ANNOUNCED,
    )


@pytest.fixture
def take(desk):
    def take(line=ON_DUTY, **how):
        return take_number(line, by=desk, now=now(), **how)

    return take


def booked(house, open_day=None):
    """Somebody who booked a time of today; it may have come already."""
    one = book(
        Wish(*_time_of_tomorrow(house), "张三丰", "138"),
        mine_id=house.mine.pk,
        now=now(),
    ).booking
    Booking.objects.filter(pk=one.pk).update(
        day=localtime(now()).date(),
        starts_at="00:00",
        line=open_day.line if open_day else ON_DUTY,
    )
    one.refresh_from_db()
    return one


def _time_of_tomorrow(house):
    from_now = [
        one
        for one in times_of(house.mine.pk, now=now() + timedelta(days=1))
        if one.free
    ]
    return from_now[0].day, from_now[0].starts_at


@pytest.mark.django_db
def test_numbers_follow_each_other_in_each_queue(take, open_day):
    assert [take().number for _time in range(3)] == [1, 2, 3]
    assert take(open_day.line).number == 1


@pytest.mark.django_db
def test_a_queue_that_is_none_gives_no_number(take, open_day):
    OpenDay.objects.update(state=OpenDayState.CANCELLED)

    for line in (open_day.line, "OPEN-99", "nonsense"):
        with pytest.raises(QueueRefused):
            take(line)


@pytest.mark.django_db
def test_who_booked_has_one_number_and_comes_first_when_it_is_time(house, take, desk):
    walked_in = take()
    one = booked(house)
    ticket = take(booking=one)
    with pytest.raises(Outdated, match="已经取过号"):
        take(booking=one)

    assert before(walked_in, now=now()) == 1
    assert call_next(ON_DUTY, by=desk, now=now()) == ticket
    begin_talk(ticket, by=desk, now=now())
    one.refresh_from_db()
    assert one.state == BookingState.CAME


@pytest.mark.django_db
def test_a_booking_of_another_day_or_queue_gives_none(house, take, open_day):
    one = booked(house)

    with pytest.raises(QueueRefused, match="不是今天这个队"):
        take(open_day.line, booking=one)


@pytest.mark.django_db
def test_who_was_called_and_not_there_goes_behind_once(take, desk):
    first, second = take(), take()
    call_next(ON_DUTY, by=desk, now=now())
    call_again(first, by=desk, now=now())
    first.refresh_from_db()
    assert first.calls == 2

    pass_over(first, by=desk, now=now())
    assert call_next(ON_DUTY, by=desk, now=now()) == second
    assert call_next(ON_DUTY, by=desk, now=now()) == first
    first.refresh_from_db()
    pass_over(first, by=desk, now=now())

    assert first.state == "MISSED"
    with pytest.raises(QueueRefused, match="没有人在等"):
        call_next(ON_DUTY, by=desk, now=now())


@pytest.mark.django_db
def test_only_what_is_called_can_begin_or_end(take, desk):
    ticket = take()
    for act in (call_again, begin_talk, end_talk, pass_over):
        with pytest.raises(Outdated):
            act(ticket, by=desk, now=now())

    call_next(ON_DUTY, by=desk, now=now())
    end_talk(ticket, by=desk, now=now())
    assert ticket.state == "DONE"


@pytest.mark.django_db
def test_on_an_open_day_the_leader_is_who_listened(house, take, desk, open_day):
    ticket = take(open_day.line)
    call_next(open_day.line, by=desk, now=now())

    raised = register_ticket(
        ticket,
        Saying(WORDS, name="张三丰", contact="138"),
        channel=Channel.WALK_IN,
        by=desk,
        now=now(),
    )

    assert raised.matter.first_receiver == house.people["leader"]
    ticket.refresh_from_db()
    assert (ticket.state, ticket.matter) == ("DONE", raised.matter.uid)


@pytest.mark.django_db
def test_the_number_of_the_anonymous_leads_to_no_matter(take, desk):
    ticket = take()

    register_ticket(
        ticket,
        Saying(WORDS, identity="ANONYMOUS"),
        channel=Channel.WALK_IN,
        by=desk,
        now=now(),
    )

    ticket.refresh_from_db()
    assert (ticket.state, ticket.matter) == ("DONE", None)


@pytest.mark.django_db
def test_strangers_call_nobody(house, take):
    ticket = take()
    others = [house.standing("leader"), build_house("ELSEWHERE").standing("receiver")]

    for by in others:
        with pytest.raises(NotPermitted):
            begin_talk(ticket, by=by, now=now())
    with pytest.raises(NotPermitted):
        take_number(ON_DUTY, by=others[0], now=now())


@pytest.mark.django_db
def test_the_queues_of_a_day(house, take, open_day):
    take()
    take(open_day.line)

    duty, day = queues_of(house.mine.pk, now=now())
    assert (duty.numbers_ahead, day.numbers_ahead) == ([1], [1])
    assert day.open_day == open_day
    assert queue_of(house.mine.pk, ON_DUTY, now=now() + timedelta(days=1)).waiting == []


@pytest.mark.django_db(transaction=True)
def test_many_press_at_once_and_no_number_is_twice_or_left_out(house, desk):
    def press():
        return take_number(ON_DUTY, by=desk, now=now()).number

    told = together(*[press] * 8)

    assert sorted(told) == list(range(1, 9))
    assert Ticket.objects.count() == 8


@pytest.mark.django_db(transaction=True)
def test_two_who_call_at_once_call_two(house, desk):
    for _time in range(2):
        take_number(ON_DUTY, by=desk, now=now())

    def call():
        return call_next(ON_DUTY, by=desk, now=now()).number

    assert sorted(together(call, call)) == [1, 2]
