"""The queue of a day: who waits, who is called."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localtime

from shuoshi.org.rules.standing import Standing
from shuoshi.reception.models import Booking, OpenDay, Ticket
from shuoshi.reception.queries.open_days import open_day_on
from shuoshi.reception.rules.bookings import ON_DUTY, BookingState
from shuoshi.reception.rules.open_days import OpenDayState
from shuoshi.reception.rules.queue import (
    AHEAD_SHOWN,
    OPEN,
    TicketState,
    Waiting,
    in_order,
)


@dataclass(frozen=True)
class Queue:
    """One queue of a day; ``waiting`` stands in the order in which it is called."""

    line: str
    open_day: OpenDay | None
    waiting: list[Ticket] = field(default_factory=list)
    here: list[Ticket] = field(default_factory=list)
    over: list[Ticket] = field(default_factory=list)
    expected: list[Booking] = field(default_factory=list)

    @property
    def numbers_ahead(self) -> list[int]:
        """The numbers that come next, as the wall shows them."""
        return [one.number for one in self.waiting[:AHEAD_SHOWN]]


def lines_of(mine_id: int, *, today: date) -> list[tuple[str, OpenDay | None]]:
    """Return the queues that there are on a day: the duty's, and those of open days."""
    days = OpenDay.objects.filter(
        mine_id=mine_id, day=today, state=OpenDayState.ANNOUNCED
    ).select_related("leader", "substitute")
    return [(ON_DUTY, None), *((one.line, one) for one in days)]


def queue_of(
    mine_id: int, line: str, *, now: datetime, open_day: OpenDay | None = None
) -> Queue:
    """Return one queue as it stands."""
    at = localtime(now)
    tickets = list(
        Ticket.objects.filter(mine_id=mine_id, line=line, day=at.date()).order_by(
            "number"
        )
    )
    booked = Booking.objects.filter(
        mine_id=mine_id,
        line=line,
        day=at.date(),
        state=BookingState.BOOKED,
        ticket=None,
    )
    return Queue(
        line,
        open_day,
        waiting_in_order(tickets, at=at),
        [one for one in tickets if one.state in {OPEN[1], OPEN[2]}],
        [one for one in tickets if one.state not in OPEN],
        list(booked.order_by("starts_at")),
    )


def queues_of(mine_id: int, *, now: datetime) -> list[Queue]:
    """Return the queues of today."""
    return [
        queue_of(mine_id, line, now=now, open_day=open_day)
        for line, open_day in lines_of(mine_id, today=localtime(now).date())
    ]


def waiting_in_order(tickets: Iterable[Ticket], *, at: datetime) -> list[Ticket]:
    """Return those that wait, as they will be called; ``at`` as the wall clock shows it."""
    waiting = {one.pk: one for one in tickets if one.state == TicketState.WAITING}
    places = [Waiting(one.pk, one.turn, one.starts_at) for one in waiting.values()]
    return [waiting[place.pk] for place in in_order(places, at=at.time())]


def before(ticket: Ticket, *, now: datetime) -> int:
    """Return how many are called before a number that waits."""
    queue = queue_of(ticket.mine_id, ticket.line, now=now)
    order = [one.pk for one in queue.waiting]
    return order.index(ticket.pk) if ticket.pk in order else 0


def ticket_of_booking(booking: Booking) -> Ticket | None:
    return Ticket.objects.filter(booking=booking).first()


def ticket_here(uid: UUID, person: Standing) -> Ticket | None:
    """Return a number of the person's own mine."""
    found = Ticket.objects.filter(uid=uid, mine_id=person.mine_id or 0)
    return found.select_related("booking").first()


def is_line(line: str, *, mine_id: int, today: date) -> bool:
    """Tell whether there is such a queue on a day."""
    if line == ON_DUTY:
        return True
    open_day = open_day_on(line, mine_id=mine_id)
    return open_day is not None and (open_day.day, open_day.state) == (
        today,
        OpenDayState.ANNOUNCED,
    )
