"""The warning ladder: what a clock's colour is, and when the next warning is given. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from shuoshi.common.workdays import MIDNIGHT, WorkCalendar, day_of, end_of


# The due moment itself is still in time.
LATE = timedelta(seconds=1)


class Colour(TextChoices):
    CALM = "calm", _("正常")
    NOTICE = "notice", _("过半")
    AMBER = "amber", _("黄灯")
    RED = "red", _("红灯")
    CRITICAL = "critical", _("即将到期")
    OVERDUE = "overdue", _("已超期")


@dataclass(frozen=True)
class Rung:
    """
    One step of the ladder: at a share of the limit, or working days after its end.

    100 percent is the first second after the due moment; three ``workdays_over`` are the
    end of the third working day after the due day.
    """

    colour: Colour
    tells: str = ""
    percent: int | None = None
    workdays_over: int | None = None

    def __post_init__(self) -> None:
        """
        Check that the rung hangs at one place.

        :raises ValueError: if it names no moment, or two, or one out of reach.
        """
        share = self.percent is not None and 1 <= self.percent <= 100
        over = self.workdays_over is not None and self.workdays_over >= 1
        if share == over or None not in (self.percent, self.workdays_over):
            raise ValueError(f"a rung hangs at one place: {self}")


# What colours mean where a mine has written no ladder of its own.
COLOURS = (
    Rung(Colour.NOTICE, percent=50),
    Rung(Colour.AMBER, percent=75),
    Rung(Colour.RED, percent=85),
    Rung(Colour.CRITICAL, percent=99),
    Rung(Colour.OVERDUE, percent=100),
)


@dataclass(frozen=True)
class NextRung:
    """The rung a clock climbs next: its number, counted from 1, and when."""

    number: int
    rung: Rung
    at: datetime


@dataclass(frozen=True)
class Span:
    """A running limit, from its start to its due moment, on its calendar."""

    started_at: datetime
    due_at: datetime
    calendar: WorkCalendar
    zone: tzinfo
    day_ends: time = MIDNIGHT

    def moment(self, rung: Rung) -> datetime:
        """Return when a rung is reached."""
        if rung.workdays_over is not None:
            due_on = day_of(self.due_at, self.zone)
            day = self.calendar.add_working(due_on, rung.workdays_over).day
            return end_of(day, self.zone, self.day_ends)
        return share_moment(self.started_at, self.due_at, rung.percent or 100)


def share_moment(started_at: datetime, due_at: datetime, percent: int) -> datetime:
    """
    Return when so many percent of the time between start and due moment have passed.

    Here it is time on the wall that passes, nights, holidays and pauses included.
    """
    if percent >= 100:
        return due_at + LATE
    return started_at + (due_at - started_at) * percent / 100


def thresholds(
    started_at: datetime, due_at: datetime, percents: Sequence[int] = (50, 75, 85, 99)
) -> tuple[datetime, ...]:
    """Return the moments at which these shares of the limit are used up."""
    return tuple(share_moment(started_at, due_at, percent) for percent in percents)


def next_rung(ladder: Sequence[Rung], climbed: int, span: Span) -> NextRung | None:
    """
    Return the rung that comes after the ``climbed`` ones (0 for none), None at the top.

    The worker climbs while ``next_rung_at <= now``, one rung at a time.
    """
    if climbed >= len(ladder):
        return None
    rung = ladder[climbed]
    return NextRung(climbed + 1, rung, span.moment(rung))


def rungs_reached(now: datetime, ladder: Sequence[Rung], span: Span) -> int:
    """Return how many rungs lie behind; for a due moment that has been moved."""
    reached = 0
    while reached < len(ladder) and span.moment(ladder[reached]) <= now:
        reached += 1
    return reached


def colour(
    now: datetime,
    started_at: datetime,
    due_at: datetime,
    ladder: Sequence[Rung] = COLOURS,
) -> Colour:
    """Return the colour of a clock: that of the highest share it has passed."""
    shares = [rung for rung in ladder if rung.percent is not None]
    passed = [
        rung.colour
        for rung in shares
        if share_moment(started_at, due_at, rung.percent or 100) <= now
    ]
    return passed[-1] if passed else Colour.CALM
