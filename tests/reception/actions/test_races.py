"""Many press at the same moment: each time has one, everybody is told plainly."""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import localtime, now

from shuoshi.reception.actions.bookings import Booked, BookingRefused, Wish, book
from shuoshi.reception.models import Booking
from shuoshi.reception.queries.bookings import times_of
from tests.matters.house import build_house
from tests.support.crowd import processes, together


pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES, EACH, TIMES = 8, 25, 20
SCRIPT = """
import json, sys
from datetime import date, time
import django
django.setup()
from django.utils.timezone import now
from shuoshi.reception.actions.bookings import BookingRefused, Wish, book
mine, each, number = (int(one) for one in (sys.argv[1], sys.argv[2], sys.argv[-1]))
times = json.loads(sys.argv[3])
told = {"booked": [], "told": 0}
for attempt in range(each):
    day, at = times[(attempt * 7 + number) % len(times)]
    who = f"{number}-{attempt}"
    wish = Wish(date.fromisoformat(day), time.fromisoformat(at), who, who)
    try:
        told["booked"].append(book(wish, mine_id=mine, now=now()).booking.pk)
    except BookingRefused as refused:
        told["told"] += "被别人约走" in refused.message
print(json.dumps(told))
"""


@pytest.fixture
def house():
    return build_house()


def test_two_hundred_attempts_on_twenty_times(house):
    free = [
        (one.day.isoformat(), one.starts_at.isoformat())
        for one in times_of(house.mine.pk, now=now())
        if one.day > localtime(now()).date() + timedelta(days=1)
    ][:TIMES]

    told = processes(
        SCRIPT, str(house.mine.pk), str(EACH), json.dumps(free), count=PROCESSES
    )

    booked = [pk for one in told for pk in one["booked"]]
    assert len(booked) == len(set(booked)) == TIMES
    assert sum(one["told"] for one in told) == PROCESSES * EACH - TIMES
    kept = Booking.objects.values_list("day", "starts_at")
    assert len(set(kept)) == len(kept) == TIMES


def test_fifty_press_for_one_time(house):
    free = times_of(house.mine.pk, now=now())[-1]

    def press(number):
        wish = Wish(free.day, free.starts_at, f"某{number}", f"{number}")
        return lambda: book(wish, mine_id=house.mine.pk, now=now())

    answers = together(*(press(number) for number in range(50)))

    assert sum(isinstance(one, Booked) for one in answers) == 1
    refused = [one for one in answers if isinstance(one, BookingRefused)]
    assert len(refused) == 49
    assert Booking.objects.count() == 1
