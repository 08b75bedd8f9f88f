"""Times that can be booked, and what a booking goes through. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from shuoshi.common.workdays import ONE_DAY, WorkCalendar


# How far ahead a time can be booked, in days.
AHEAD: Final = 30
# Of one contact so many may be open: families share a telephone.
MOST_OPEN: Final = 3
MOST_WORDS: Final = 200
MOST_UNIT: Final = 60
ON_DUTY: Final = "DUTY"


class Party(TextChoices):
    """Who comes."""

    PERSON = "PERSON", _("个人")
    UNIT = "UNIT", _("单位")


class BookingState(TextChoices):
    """What became of a booking."""

    WAITING = "WAITING", _("排队等")
    BOOKED = "BOOKED", _("已约")
    CANCELLED = "CANCELLED", _("已取消")
    CAME = "CAME", _("来了")
    NO_SHOW = "NO_SHOW", _("没来")


# Of these a contact may have only a few.
OPEN: Final = (BookingState.BOOKED, BookingState.WAITING)
# These hold their time: nobody else can have it.
HOLDING: Final = (BookingState.BOOKED, BookingState.CAME, BookingState.NO_SHOW)


@dataclass(frozen=True)
class Hours:
    """From when to when people are received, and how long each has."""

    starts_at: time
    ends_at: time
    minutes: int

    def times(self) -> Iterator[time]:
        """Yield when each begins; the last one ends before the hours do."""
        day = date(2000, 1, 1)
        at = datetime.combine(day, self.starts_at)
        long = timedelta(minutes=self.minutes)
        while at + long <= datetime.combine(day, self.ends_at):
            yield at.time()
            at += long


@dataclass(frozen=True)
class Time:
    """One time of one day, and whether it can still be had."""

    day: date
    starts_at: time
    free: bool = True

    @property
    def key(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.starts_at:%H:%M}"


def read_time(key: str) -> tuple[date, time]:
    """
    Return the day and the time that a key names.

    :raises ValueError: if it names none.
    """
    moment = datetime.strptime(key, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - as on the wall
    return moment.date(), moment.time()


def times_ahead(
    hours: Iterable[Hours],
    *,
    calendar: WorkCalendar,
    taken: Iterable[tuple[date, time | None]],
    now: datetime,
    until: date | None = None,
) -> list[Time]:
    """
    Return all times of the working days ahead; ``now`` as the wall clock shows it.

    ``until`` is the last day, a month ahead if nothing is said.
    """
    held = set(taken)
    several = sorted({at for one in hours for at in one.times()})
    ahead = (until - now.date()).days if until else AHEAD
    days = (now.date() + n * ONE_DAY for n in range(ahead + 1))
    return [
        Time(day, at, free=(day, at) not in held)
        for day in days
        if calendar.is_workday(day)
        for at in several
        if datetime.combine(day, at) > now.replace(tzinfo=None)
    ]
