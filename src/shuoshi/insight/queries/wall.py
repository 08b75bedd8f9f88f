"""What hangs on the wall: nothing in it is of one person's matter."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from shuoshi.disclosure.queries.announcements import column_of
from shuoshi.disclosure.queries.house_rules import RuleShown, rules_shown
from shuoshi.duty.queries.turns import on_duty
from shuoshi.matters.queries.figures import Scope
from shuoshi.matters.queries.published import Share, published_figures
from shuoshi.matters.rules.spans import Span, quarter_of
from shuoshi.reception.queries.open_days import open_day_ahead, reports_of
from shuoshi.reception.queries.queue import queues_of


if TYPE_CHECKING:
    from shuoshi.disclosure.models import Announcement
    from shuoshi.duty.models import Turn
    from shuoshi.org.models import Mine
    from shuoshi.reception.models import OpenDay
    from shuoshi.reception.queries.queue import Queue

REPORTS, LINES = 2, 6
# What can be read from five metres without an explanation.
FIGURES = ("answered", "on_time", "solved", "satisfied")


@dataclass(frozen=True)
class Number:
    """A figure as large as a wall; hidden where fewer than five stand behind it."""

    label: str
    percent: int | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Wall:
    """Everything on the wall at one moment."""

    mine: "Mine"
    at: datetime
    quarter: Span
    turns: "tuple[Turn, ...]" = ()
    open_day: "OpenDay | None" = None
    queues: "list[Queue]" = field(default_factory=list)
    reports: "list[OpenDay]" = field(default_factory=list)
    column: "list[Announcement]" = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    raised: int | None = None
    rules: list[RuleShown] = field(default_factory=list)


def wall_of(mine: "Mine", *, now: datetime) -> Wall:
    """Return what hangs on a mine's wall."""
    today = localtime(now).date()
    # Of a quarter that is over: a number that moves tells who has just been here.
    quarter = last_quarter(today)
    figures = published_figures(Scope(mine.pk), quarter, now=now)
    shares = {share.figure.name: share for share in figures.shares}
    return Wall(
        mine,
        localtime(now),
        quarter,
        on_duty(mine_id=mine.pk, day=today),
        open_day_ahead(mine.pk, today=today),
        [one for one in queues_of(mine.pk, now=now) if one.here or one.waiting],
        reports_of(mine.pk)[:REPORTS],
        column_of(mine.pk, today=today)[:LINES],
        [_number(shares[name]) for name in FIGURES],
        figures.total["raised"],
        rules_shown(mine.pk),
    )


def last_quarter(today: date) -> Span:
    """Return the last quarter that is over."""
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    before = first - timedelta(days=1)
    return Span(before.year, quarter_of(before.month))


def _number(share: Share) -> Number:
    label = str(share.figure.label)
    if share.numerator is None or share.denominator is None:
        return Number(label, hidden=True)
    if not share.denominator:
        return Number(label)
    return Number(label, round(100 * share.numerator / share.denominator))
