"""Reckon the deadlines of a matter from its log and the mine's limits."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings

from shuoshi.matters.models import ClockEntry, Matter
from shuoshi.matters.rules.clock import Entry, EntryKind, Limit, Reckoning, derive
from shuoshi.matters.rules.ladder import Colour, Rung, Span
from shuoshi.matters.rules.limits import choose
from shuoshi.org.models import LimitTemplate
from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.queries.generation import generation
from shuoshi.org.queries.limits import ladder_of, limits_of
from shuoshi.org.rules.limits import LimitUnit


if TYPE_CHECKING:
    from shuoshi.common.workdays import WorkCalendar


ZONE = ZoneInfo(settings.TIME_ZONE)


class MineClock:
    """The calendar, limits and ladder of one mine, as they are now (one query)."""

    def __init__(self, mine_id: int, *, at: int | None = None) -> None:
        """Remember them under the present generation."""
        at = generation() if at is None else at
        self.calendar: WorkCalendar = work_calendar(mine_id, at)
        self.limits = limits_of(mine_id, at=at)
        self.ladder = tuple(
            Rung(
                Colour(rung.colour),
                rung.tells,
                percent=rung.percent,
                workdays_over=rung.workdays_over,
            )
            for rung in ladder_of(mine_id, at=at)
        )

    def template(self, key: str, **classes: str) -> LimitTemplate:
        """Return the limit in force for a matter of these classes."""
        return choose(self.limits, key, **classes)

    def reckon(self, entries: list[Entry]) -> Reckoning:
        """Replay a log."""
        return derive(entries, self.calendar, ZONE)

    def after(self, start: datetime, key: str, **classes: str) -> Reckoning:
        """Reckon a step's limit that begins at a moment."""
        limit = limit_from(self.template(key, **classes))
        return self.reckon([Entry(start, EntryKind.START, limit)])

    def span(self, started_at: datetime, due_at: datetime) -> Span:
        """Return a running limit, ready to be asked for its warnings."""
        return Span(started_at, due_at, self.calendar, ZONE)


def limit_from(template: LimitTemplate) -> Limit:
    """Return the limit of a template."""
    return Limit(
        template.amount,
        LimitUnit(template.unit),
        template.key,
        template.basis,
        template.version,
    )


def entry_from(row: ClockEntry) -> Entry:
    """Return a line of the log as the rules read it."""
    limit = (
        Limit(row.amount, LimitUnit(row.unit), row.key, row.basis, row.version)
        if row.amount
        else None
    )
    return Entry(row.at, EntryKind(row.kind), limit)


def log_of(matter: Matter) -> list[Entry]:
    """Return the clock's log of a matter, in order."""
    return [entry_from(row) for row in matter.clock.order_by("pk")]
