"""Working days and periods of days, on the statutory calendar and a mine's own. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypedDict

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


SATURDAY = 5
ONE_DAY = timedelta(days=1)
# "The last day ends at 24:00" (Civil Code §203), written as its last whole second, so that
# the due moment still lies on the due day. A mine with business hours gives its own time.
MIDNIGHT = time(23, 59, 59)
# The holidays that the regulation fixes by date. They stand in for a year without a plan;
# festivals of the lunar calendar and make-up days are known only from the plan itself.
FIXED_HOLIDAYS = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
# Past so many days a trace names only its ends and what departs from the plain week.
LONG = 100


class StepKind(TextChoices):
    """What a day is; START and ROLLED say how it stands in a trace."""

    WORKING = "working", _("工作日")
    WEEKEND = "weekend", _("周末")
    HOLIDAY = "holiday", _("法定休假")
    MAKE_UP = "make_up", _("调休上班")
    CLOSURE = "closure", _("本单位停工")
    OPENING = "opening", _("本单位上班")
    START = "start", _("当日不计")
    ROLLED = "rolled", _("顺延至此")


WORKED = frozenset([StepKind.WORKING, StepKind.MAKE_UP, StepKind.OPENING])
PLAIN = frozenset([StepKind.WORKING, StepKind.WEEKEND])


class TraceStep(TypedDict):
    """One day of a count: ``counted`` is its number, None where it does not count."""

    day: str
    kind: str
    name: str
    counted: int | None


@dataclass(frozen=True)
class DayResult:
    """A day that was reckoned, whether a plan is still missing, and how it came about."""

    day: date
    provisional: bool
    trace: tuple[TraceStep, ...]


@dataclass(frozen=True)
class WorkCalendar:
    """
    Which days are worked. What a mine decides for itself stands above the statutory plan.

    A year outside ``known_years`` has no plan yet: it is reckoned Monday to Friday without
    the fixed holidays, and every result that rests on it is provisional.
    """

    holidays: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()
    closures: frozenset[date] = frozenset()
    openings: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict, compare=False, repr=False)

    def kind(self, day: date) -> StepKind:
        if day in self.openings:
            return StepKind.OPENING
        if day in self.closures:
            return StepKind.CLOSURE
        if day in self.make_up:
            return StepKind.MAKE_UP
        if day in self.holidays or self._is_fixed_holiday(day):
            return StepKind.HOLIDAY
        return StepKind.WORKING if day.weekday() < SATURDAY else StepKind.WEEKEND

    def name(self, day: date) -> str:
        """Return why the day is off or worked, "" where nobody gave it a name."""
        fixed = (
            FIXED_HOLIDAYS[day.month, day.day] if self._is_fixed_holiday(day) else ""
        )
        return self.names.get(day, fixed)

    def is_workday(self, day: date) -> bool:
        return self.kind(day) in WORKED

    def is_provisional(self, day: date) -> bool:
        return day.year not in self.known_years

    def next_workday(self, day: date) -> date:
        """Return the first working day on or after ``day``."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def count_after(self, start: date, end: date) -> int:
        """Return how many working days lie after ``start``, up to and including ``end``."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_workday(day) for day in days)

    def add_working(self, start: date, n: int) -> DayResult:
        """
        Return the ``n``-th working day after ``start``, which itself is not counted.

        :raises ValueError: if ``n`` is less than 1.
        :raises OverflowError: if the day lies beyond the year 9999.
        """
        _check_length(n)
        steps, day, counted = [_step(self, start, StepKind.START, 0)], start, 0
        while counted < n:
            day += ONE_DAY
            kind = self.kind(day)
            worked = kind in WORKED
            counted += worked
            if n <= LONG or kind not in PLAIN or counted == n:
                steps.append(_step(self, day, kind, counted if worked else None))
        return DayResult(day, self._rests_on_guess(start + ONE_DAY, day), tuple(steps))

    def add_calendar(self, start: date, n: int) -> DayResult:
        """
        Return the day on which ``n`` calendar days after ``start`` end.

        The start is not counted (Civil Code §201); an end on a day off moves to the next
        working day (§203).

        :raises ValueError: if ``n`` is less than 1.
        :raises OverflowError: if the day lies beyond the year 9999.
        """
        _check_length(n)
        end = start + timedelta(days=n)
        day = self.next_workday(end)
        steps = [
            _step(self, start, StepKind.START, 0),
            _step(self, end, self.kind(end), n),
            *(_step(self, off, self.kind(off), None) for off in _between(end, day)),
        ]
        if day != end:
            steps.append(_step(self, day, StepKind.ROLLED, None))
        return DayResult(day, self._rests_on_guess(end, day), tuple(steps))

    def _is_fixed_holiday(self, day: date) -> bool:
        return (day.month, day.day) in FIXED_HOLIDAYS and self.is_provisional(day)

    def _rests_on_guess(self, first: date, last: date) -> bool:
        return not self.known_years.issuperset(range(first.year, last.year + 1))


def day_of(moment: datetime, zone: tzinfo) -> date:
    """Return the day on which a moment falls in the organisation's zone."""
    return moment.astimezone(zone).date()


def end_of(day: date, zone: tzinfo, day_ends: time = MIDNIGHT) -> datetime:
    """Return the last moment of a day, or its close of business, in UTC."""
    return datetime.combine(day, day_ends, tzinfo=zone).astimezone(UTC)


def _check_length(n: int) -> None:
    if n < 1:
        raise ValueError(f"a period has at least one day, not {n}")


def _between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(1, (last - first).days))


def _step(
    calendar: WorkCalendar, day: date, kind: StepKind, counted: int | None
) -> TraceStep:
    return {
        "day": day.isoformat(),
        "kind": kind.value,
        "name": calendar.name(day),
        "counted": counted,
    }
