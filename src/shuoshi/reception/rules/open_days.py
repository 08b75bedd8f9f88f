"""When leaders receive: a recurrence with what happens where it falls on a day off. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from dateutil.rrule import rrulestr
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuoshi.common.refusals import Refused
from shuoshi.common.workdays import ONE_DAY, WorkCalendar


LAST_THURSDAY: Final = "FREQ=MONTHLY;BYDAY=-1TH"
# A holiday with its make-up days is never longer.
FARTHEST: Final = timedelta(days=31)
FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_RULE: Final = 200


class RecurrenceRefused(Refused):
    """This is no rule by which an open day recurs."""


class Fallback(TextChoices):
    """What happens where the day is no working day."""

    PREVIOUS = "PREVIOUS", gettext_lazy("提前到前一个工作日")
    NEXT = "NEXT", gettext_lazy("顺延到下一个工作日")
    HAND = "HAND", gettext_lazy("不自动改，由人来定")


class OpenDayState(TextChoices):
    """What becomes of an open day."""

    PLANNED = "PLANNED", gettext_lazy("已安排")
    ANNOUNCED = "ANNOUNCED", gettext_lazy("已公告")
    PUBLISHED = "PUBLISHED", gettext_lazy("已公布情况")
    CANCELLED = "CANCELLED", gettext_lazy("已取消")


@dataclass(frozen=True)
class OpenDate:
    """
    The open day of a month.

    ``moved_from`` is the day of the rule where that is not worked; ``day`` is then the
    day in its place, or None where people are to say which.
    """

    month: str
    day: date | None
    moved_from: date | None = None


def check_recurrence(text: str) -> str:
    """
    Return the rule, cleaned.

    :raises RecurrenceRefused: for what is no rule of RFC 5545 by month or week.
    """
    cleaned = text.strip().upper().removeprefix("RRULE:")
    wanted = cleaned.startswith(("FREQ=MONTHLY", "FREQ=WEEKLY"))
    if not wanted or len(cleaned) > LONGEST_RULE or "\n" in cleaned:
        raise _no_rule()
    try:
        rrulestr(cleaned, dtstart=datetime(FIRST_YEAR, 1, 1))  # noqa: DTZ001 - days alone
    except (ValueError, TypeError, KeyError, AttributeError):
        raise _no_rule() from None
    return cleaned


def _no_rule() -> RecurrenceRefused:
    return RecurrenceRefused(
        _("写成 RFC 5545 的规则，如 %(usual)s 是每月最后一个星期四。")
        % {"usual": LAST_THURSDAY},
        field="recurrence",
    )


def open_dates(
    recurrence: str, year: int, *, calendar: WorkCalendar, fallback: Fallback
) -> list[OpenDate]:
    """
    Return the open days whose rule falls into a year, in order.

    :raises RecurrenceRefused: for a year that cannot be meant.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RecurrenceRefused(
            _("年份应在 %(first)d 至 %(last)d 之间。")
            % {"first": FIRST_YEAR, "last": LAST_YEAR},
            field="year",
        )
    return [_open_date(day, calendar, fallback) for day in _days_of(recurrence, year)]


def _days_of(recurrence: str, year: int) -> Iterator[date]:
    begin = datetime(year, 1, 1)  # noqa: DTZ001 - days alone
    rule = rrulestr(recurrence, dtstart=begin)
    for moment in rule.between(begin, datetime(year, 12, 31), inc=True):  # noqa: DTZ001
        yield moment.date()


def _open_date(day: date, calendar: WorkCalendar, fallback: Fallback) -> OpenDate:
    month = f"{day:%Y-%m}"
    if calendar.is_workday(day):
        return OpenDate(month, day)
    if fallback is Fallback.HAND:
        return OpenDate(month, None, day)
    step = -ONE_DAY if fallback is Fallback.PREVIOUS else ONE_DAY
    other = day + step
    while not calendar.is_workday(other) and abs(other - day) <= FARTHEST:
        other += step
    return OpenDate(month, other if calendar.is_workday(other) else None, day)
