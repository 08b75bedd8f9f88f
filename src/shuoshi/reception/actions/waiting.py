"""Give a time that came free to who waits longest; remind people of the day before."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from shuoshi.notices.actions import queue_many
from shuoshi.reception.models import Booking
from shuoshi.reception.queries.bookings import has_begun
from shuoshi.reception.rules.bookings import BookingState


GIVEN, REMINDED, CANCELLED = "booking_given", "booking_reminder", "booking_cancelled"


def give_next(freed: Booking, *, now: datetime) -> Booking | None:
    """
    Let who waits longest in the same line have the time that a booking gave back.

    Call it in the transaction that gave it back. Returns their booking, None if nobody
    waits or the time has come. They are told that there is news, and see it by receipt.
    """
    if freed.starts_at is None or has_begun(freed, now=now):
        return None
    waiting = Booking.objects.filter(
        mine_id=freed.mine_id,
        line=freed.line,
        day=freed.day,
        state=BookingState.WAITING,
    )
    # Whoever leaves the line at this moment is passed over.
    for first in waiting.order_by("pk"):
        try:
            with transaction.atomic():
                given = waiting.filter(pk=first.pk).update(
                    state=BookingState.BOOKED, starts_at=freed.starts_at
                )
        except IntegrityError:
            # Somebody took it at this very moment.
            return None
        if given:
            tell_booker(first, GIVEN, now=now)
            return first
    return None


def remind_tomorrow(*, now: datetime) -> int:
    """Tell everybody who comes tomorrow that there is news, once; return how many."""
    tomorrow = localdate(now) + timedelta(days=1)
    ahead = Booking.objects.filter(
        state=BookingState.BOOKED, day=tomorrow, reminded_at=None
    )
    told = 0
    for one in ahead.order_by("pk"):
        if ahead.filter(pk=one.pk).update(reminded_at=now):
            tell_booker(one, REMINDED, now=now)
            told += 1
    return told


def tell_booker(booking: Booking, kind: str, *, now: datetime) -> None:
    """Let whoever holds the receipt of a booking know that there is news: never what."""
    queue_many(
        to=[None],
        kind=kind,
        mine_id=booking.mine_id,
        about=booking.uid,
        number="",
        now=now,
    )
