"""Times are booked, moved, given back and used; nobody has one that somebody has."""

from datetime import date, time, timedelta

import pytest
from django.utils.timezone import localtime

from shuoshi.common.refusals import NotPermitted, Outdated
from shuoshi.common.words import WordsRefused
from shuoshi.privacy.models import Submission
from shuoshi.reception.actions.bookings import (
    BookingRefused,
    Wish,
    book,
    cancel_booking,
    enter_came,
    move_booking,
)
from shuoshi.reception.actions.registering import read_bookings
from shuoshi.reception.models import Booking, ReceptionHours
from shuoshi.reception.queries.bookings import (
    booking_of_receipt,
    shown,
    times_by_day,
    times_of,
)
from shuoshi.reception.rules.bookings import BookingState, Party
from shuoshi.trail.models import Event
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db
TODAY = localtime(NOW).date()
TOMORROW = TODAY + timedelta(days=1)
NINE, TEN = time(9), time(10)


@pytest.fixture
def house():
    return build_house()


def wish(**how):
    given = {"day": TOMORROW, "starts_at": NINE, "name": "张三丰", "contact": "138"}
    return Wish(**given | how)


def booked(house, *, now=NOW, **how):
    return book(wish(**how), mine_id=house.mine.pk, now=now)


def is_free(house, day=TOMORROW, at=NINE):
    times = {
        (one.day, one.starts_at): one.free for one in times_of(house.mine.pk, now=NOW)
    }
    return times.get((day, at))


def test_a_time_is_kept_and_its_receipt_leads_back(house):
    assert is_free(house)

    kept = booked(house, party=Party.UNIT, unit="综采一队", words="奖金怎么算")

    assert not is_free(house)
    assert booking_of_receipt(kept.receipt) == kept.booking
    read = shown(kept.booking)
    assert (read.who, read.words) == ("综采一队 张三丰", "奖金怎么算")
    assert Submission.objects.filter(about=kept.booking.uid).exists()


def test_the_same_form_sent_twice_is_one_booking_with_one_receipt(house):
    first, again = (
        book(wish(), mine_id=house.mine.pk, now=NOW, nonce="drawn")
        for _time in range(2)
    )

    assert again.receipt == first.receipt
    assert Booking.objects.count() == 1
    with pytest.raises(BookingRefused, match="被别人约走"):
        book(wish(), mine_id=house.mine.pk, now=NOW, nonce="another")


def test_who_comes_lies_sealed_in_the_database(house):
    # So long that chance does not draw it.
    number = "13812345678"
    kept = booked(house, contact=number, words="奖金怎么算").booking

    kept.refresh_from_db()
    words = [str(value) for value in vars(kept).values()]
    assert not any(
        word in text for text in words for word in ("张三丰", number, "奖金")
    )


def test_a_time_that_is_taken_is_refused_beside_its_field(house):
    booked(house)

    with pytest.raises(BookingRefused, match="被别人约走") as refused:
        booked(house, contact="139")

    assert refused.value.field == "time"
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"day": TODAY - timedelta(days=1)}, "不能约"),
        ({"day": TODAY, "starts_at": NINE}, "不能约"),
        ({"day": date(2026, 9, 12)}, "不能约"),
        ({"starts_at": time(12)}, "不能约"),
        ({"day": TODAY + timedelta(days=90)}, "不能约"),
        ({"party": "CROWD"}, "个人还是单位"),
    ],
)
def test_what_is_no_time_cannot_be_had(house, how, said):
    with pytest.raises(BookingRefused, match=said):
        booked(house, **how)
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"name": " "}, "name"),
        ({"contact": ""}, "contact"),
        ({"party": Party.UNIT}, "unit"),
        ({"words": "长" * 201}, "words"),
    ],
)
def test_what_is_missing_or_too_long_is_said(house, how, field):
    with pytest.raises(WordsRefused) as refused:
        booked(house, **how)
    assert refused.value.field == field


def test_one_contact_keeps_no_more_than_a_few(house):
    for at in (NINE, TEN, time(14)):
        booked(house, starts_at=at, contact="138 0000")

    with pytest.raises(BookingRefused, match="已经约了 3 个时间") as refused:
        booked(house, starts_at=time(15), contact="1380000")
    assert refused.value.field == "contact"


def test_a_cancelled_time_can_be_had_at_once(house):
    kept = booked(house)

    cancel_booking(kept.booking, now=NOW)

    assert is_free(house)
    booked(house, contact="139")
    with pytest.raises(Outdated):
        cancel_booking(kept.booking, now=NOW)


def test_moving_gives_one_time_for_the_other(house):
    kept = booked(house)

    move_booking(kept.booking, day=TOMORROW, starts_at=TEN, now=NOW)

    assert (is_free(house), is_free(house, at=TEN)) == (True, False)
    assert booking_of_receipt(kept.receipt).starts_at == TEN


def test_moving_to_what_is_taken_keeps_the_old_time(house):
    kept = booked(house)
    booked(house, starts_at=TEN, contact="139")

    with pytest.raises(BookingRefused, match="被别人约走"):
        move_booking(kept.booking, day=TOMORROW, starts_at=TEN, now=NOW)

    kept.booking.refresh_from_db()
    assert kept.booking.starts_at == NINE


def test_once_the_time_has_come_it_is_used_not_moved(house):
    kept = booked(house).booking
    later = NOW + timedelta(days=1, hours=1)

    for act in (
        lambda: cancel_booking(kept, now=later),
        lambda: move_booking(kept, day=TOMORROW, starts_at=TEN, now=later),
    ):
        with pytest.raises(BookingRefused, match="请直接来"):
            act()
    enter_came(kept, came=True, by=house.standing("receiver"), now=later)
    kept.refresh_from_db()
    assert kept.state == BookingState.CAME


def test_only_who_receives_enters_who_came(house):
    kept = booked(house).booking

    with pytest.raises(NotPermitted):
        enter_came(kept, came=True, by=house.standing("handler"), now=NOW)
    other = build_house("ELSEWHERE")
    with pytest.raises(NotPermitted):
        enter_came(kept, came=True, by=other.standing("receiver"), now=NOW)
    with pytest.raises(BookingRefused, match="还没有到"):
        enter_came(kept, came=False, by=house.standing("receiver"), now=NOW)


def test_the_mine_says_when_it_receives(house):
    ReceptionHours.objects.create(
        mine=house.mine, starts_at=time(8), ends_at=time(9), minutes=20
    )

    day, times = times_by_day(house.mine.pk, now=NOW)[0]

    assert day == TOMORROW
    assert [one.starts_at for one in times] == [time(8), time(8, 20), time(8, 40)]


@pytest.mark.parametrize("who", ["handler", "head", "leader", "chief", "sysadmin"])
def test_only_who_receives_sees_who_is_coming(house, who):
    booked(house)

    with pytest.raises(NotPermitted):
        read_bookings(TODAY, TOMORROW, by=house.standing(who), now=NOW)


def test_looking_at_who_is_coming_is_on_record(house):
    booked(house)

    (one,) = read_bookings(TODAY, TOMORROW, by=house.standing("receiver"), now=NOW)

    assert one.name == "张三丰"
    assert Event.objects.filter(verb="note.reception.bookings_read").count() == 1


def test_of_two_who_act_at_once_the_second_is_told(house):
    kept = booked(house).booking
    stale = Booking.objects.get(pk=kept.pk)
    cancel_booking(kept, now=NOW)

    with pytest.raises(Outdated):
        cancel_booking(stale, now=NOW)
    with pytest.raises(Outdated):
        enter_came(stale, came=True, by=house.standing("receiver"), now=NOW)
