"""Which times can be had, and who has them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shuoshi.common.hashing import kept_hash, kept_hashes
from shuoshi.common.sealing import SealBroken, SealErased, open_box
from shuoshi.notices.rules.roads import Reach, reach_of
from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.queries.generation import generation
from shuoshi.org.rules.standing import Standing
from shuoshi.reception.models import Booking, OpenDay, ReceptionHours
from shuoshi.reception.rules.bookings import (
    HOLDING,
    ON_DUTY,
    BookingState,
    Hours,
    Time,
    times_ahead,
)


RECEIPT, CONTACT = "booking receipt", "booking contact"
# Where nobody has said when people are received.
USUAL = (Hours(time(9), time(11, 30), 30), Hours(time(14), time(17), 30))


@dataclass(frozen=True)
class BookingShown:
    """A booking with who comes and what about, out of the seal."""

    booking: Booking
    name: str
    contact: str
    unit: str = ""
    words: str = ""
    # Of somebody in line: the how-manieth to have what comes free.
    turn: int | None = None

    @property
    def who(self) -> str:
        """The unit if one comes, with who speaks for it."""
        return f"{self.unit} {self.name}".strip()


def hours_of(mine_id: int) -> tuple[Hours, ...]:
    """Return when people are received; the usual hours where nobody said."""
    kept = ReceptionHours.objects.filter(mine_id=mine_id).order_by("starts_at")
    return (
        tuple(Hours(one.starts_at, one.ends_at, one.minutes) for one in kept) or USUAL
    )


def times_of(
    mine_id: int, *, now: datetime, open_day: OpenDay | None = None
) -> list[Time]:
    """Return all times ahead, those that are taken among them: of the duty, or of a day."""
    today = localtime(now).date()
    held = Booking.objects.filter(
        mine_id=mine_id,
        line=open_day.line if open_day else ON_DUTY,
        day__gte=today,
        state__in=HOLDING,
    )
    calendar = work_calendar(mine_id, generation())
    hours = hours_of(mine_id)
    if open_day is not None:
        # Whoever moved it to a day off meant it.
        calendar = replace(calendar, openings=calendar.openings | {open_day.day})
        hours = (Hours(open_day.starts_at, open_day.ends_at, open_day.minutes),)
    times = times_ahead(
        hours,
        calendar=calendar,
        taken=held.values_list("day", "starts_at"),
        now=localtime(now),
        until=open_day.day if open_day else None,
    )
    return [one for one in times if open_day is None or one.day == open_day.day]


def times_by_day(
    mine_id: int, *, now: datetime, open_day: OpenDay | None = None
) -> list[tuple[date, list[Time]]]:
    """Return the times of each day on which one at least is free."""
    times = times_of(mine_id, now=now, open_day=open_day)
    days = groupby(times, key=lambda one: one.day)
    found = [(day, list(several)) for day, several in days]
    return [
        (day, several) for day, several in found if any(one.free for one in several)
    ]


def booking_of_receipt(receipt: str) -> Booking | None:
    """Return the booking of a receipt, found by a keyed hash alone."""
    digests = kept_hashes(RECEIPT, receipt)
    return Booking.objects.filter(receipt_digest__in=digests).first()


def receipt_digest(receipt: str) -> str:
    """Return what is kept of a receipt."""
    return kept_hash(RECEIPT, receipt)


def contact_digests(contact: str) -> list[str]:
    """Return what the bookings of a contact are counted by, the one to keep first."""
    return kept_hashes(CONTACT, "".join(contact.split()).lower())


def shown(booking: Booking) -> BookingShown:
    """Return a booking out of its seal; of one that was erased, that it was."""
    try:
        box = open_box(f"booking:{booking.uid}", booking.key)
        read = {
            name: box.open(getattr(booking, name), name)
            for name in ("name", "contact", "unit", "words")
            if getattr(booking, name)
        }
    except SealErased:
        return BookingShown(booking, _("已清除"), "")
    except SealBroken as broken:
        return BookingShown(booking, broken.message, "")
    return BookingShown(
        booking,
        read.get("name", ""),
        read.get("contact", ""),
        read.get("unit", ""),
        read.get("words", ""),
    )


def bookings_between(mine_id: int, since: date, until: date) -> list[Booking]:
    """Return what is booked on these days, then who waits in line; nothing cancelled."""
    found = Booking.objects.filter(mine_id=mine_id, day__range=(since, until))
    return list(
        found.exclude(state=BookingState.CANCELLED).order_by(
            "day", F("starts_at").asc(nulls_last=True), "pk"
        )
    )


def shown_with_turns(found: Iterable[Booking]) -> list[BookingShown]:
    """Return bookings out of their seals, whole days of them in the order above."""
    before: Counter[tuple[str, date]] = Counter()
    told = []
    for one in found:
        turn = None
        if one.state == BookingState.WAITING:
            before[one.line, one.day] += 1
            turn = before[one.line, one.day]
        told.append(replace(shown(one), turn=turn))
    return told


def reach_of_booker(about: UUID) -> Reach | None:
    """Return how whoever booked is reached by what they left, None if in no way."""
    booking = Booking.objects.filter(uid=about).exclude(key="").first()
    return reach_of(shown(booking).contact) if booking else None


def waiting_before(booking: Booking) -> int:
    """Return how many wait in the same line before this one."""
    waiting = Booking.objects.filter(
        mine_id=booking.mine_id, line=booking.line, state=BookingState.WAITING
    )
    return waiting.filter(pk__lt=booking.pk).count()


def has_begun(booking: Booking, *, now: datetime) -> bool:
    """Tell whether the time of a booking has come, or the day of who waits is over."""
    at = localtime(now)
    if booking.starts_at is None:
        return booking.day < at.date()
    return (booking.day, booking.starts_at) <= (at.date(), at.time())


def days_from(now: datetime, days: int) -> tuple[date, date]:
    """Return today and the day so many days on."""
    today = localtime(now).date()
    return today, today + timedelta(days=days)


def booking_here(uid: UUID, person: Standing) -> Booking | None:
    """Return a booking of the person's own mine."""
    return Booking.objects.filter(uid=uid, mine_id=person.mine_id or 0).first()
