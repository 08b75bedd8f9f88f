"""Give numbers, call them, and register what is said."""

from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Outdated, Refused
from shuoshi.matters.actions.raising import Raised, register_matter
from shuoshi.matters.rules.sayings import Saying
from shuoshi.matters.rules.states import Identity
from shuoshi.org.rules.standing import Standing
from shuoshi.reception.actions.registering import register_booking, who_listens
from shuoshi.reception.models import Booking, Ticket
from shuoshi.reception.queries.queue import is_line, queue_of
from shuoshi.reception.rules.access import may_receive
from shuoshi.reception.rules.bookings import BookingState
from shuoshi.reception.rules.queue import TicketState
from shuoshi.trail.actions import note


# As many may press at the same moment; each try sees one number more taken.
TRIES: Final = 50


class QueueRefused(Refused):
    """This cannot be done with the queue."""


def take_number(
    line: str, *, booking: Booking | None = None, by: Standing, now: datetime
) -> Ticket:
    """
    Give the next number of today's queue, to who walked in or to who had booked.

    However many press at once, there is no number twice and none is left out.

    :raises NotPermitted: unless the person receives people in this mine.
    :raises QueueRefused: if there is no such queue today, or the booking is not for it.
    :raises Outdated: if who had booked has a number already.
    """
    mine_id = _receiver(by)
    today = localtime(now).date()
    if not is_line(line, mine_id=mine_id, today=today):
        raise QueueRefused(_("今天没有这个队。"), field="line")
    if booking is not None and (
        booking.mine_id != mine_id
        or (booking.line, booking.day) != (line, today)
        or booking.state not in {BookingState.BOOKED, BookingState.CAME}
    ):
        raise QueueRefused(_("这个预约不是今天这个队的。"))
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return _next_number(line, booking, mine_id, by, now)
        except IntegrityError:
            if booking is not None and Ticket.objects.filter(booking=booking).exists():
                raise Outdated(_("这个人已经取过号了。")) from None
    raise Outdated(_("取号的人太多，请再按一次。"))


def call_next(line: str, *, by: Standing, now: datetime) -> Ticket:
    """
    Call who comes next; two who press at once call two.

    :raises NotPermitted: unless the person receives people in this mine.
    :raises QueueRefused: if nobody waits.
    """
    mine_id = _receiver(by)
    for one in queue_of(mine_id, line, now=now).waiting:
        here = Ticket.objects.filter(pk=one.pk, state=TicketState.WAITING)
        if here.update(state=TicketState.CALLED, calls=F("calls") + 1, called_at=now):
            one.refresh_from_db()
            return one
    raise QueueRefused(_("没有人在等。"))


def call_again(ticket: Ticket, *, by: Standing, now: datetime) -> Ticket:
    """
    Call a number once more.

    :raises NotPermitted: unless the person receives people in this mine.
    :raises Outdated: if it is not being called.
    """
    _receiver(by, ticket)
    return _go(
        ticket,
        [TicketState.CALLED],
        TicketState.CALLED,
        calls=F("calls") + 1,
        called_at=now,
    )


def begin_talk(ticket: Ticket, *, by: Standing, now: datetime) -> Ticket:
    """
    Who was called is here.

    :raises NotPermitted: unless the person receives people in this mine.
    :raises Outdated: if it is not being called.
    """
    _receiver(by, ticket)
    if ticket.booking_id is not None:
        Booking.objects.filter(pk=ticket.booking_id, state=BookingState.BOOKED).update(
            state=BookingState.CAME
        )
    return _go(ticket, [TicketState.CALLED], TicketState.TALKING)


def end_talk(ticket: Ticket, *, by: Standing, now: datetime) -> Ticket:
    """
    The talk is over, with a matter or without.

    :raises NotPermitted: unless the person receives people in this mine.
    :raises Outdated: if there is no talk with this number.
    """
    _receiver(by, ticket)
    return _go(ticket, [TicketState.CALLED, TicketState.TALKING], TicketState.DONE)


@transaction.atomic
def pass_over(ticket: Ticket, *, by: Standing, now: datetime) -> Ticket:
    """
    Nobody came: behind all others the first time, missed the second.

    :raises NotPermitted: unless the person receives people in this mine.
    :raises Outdated: if it is not being called.
    """
    mine_id = _receiver(by, ticket)
    if ticket.was_behind:
        return _go(ticket, [TicketState.CALLED], TicketState.MISSED)
    last = _tickets(mine_id, ticket.line, ticket.day).aggregate(Max("turn"))
    return _go(
        ticket,
        [TicketState.CALLED],
        TicketState.WAITING,
        turn=last["turn__max"] + 1,
        was_behind=True,
        starts_at=None,
    )


@transaction.atomic
def register_ticket(
    ticket: Ticket,
    saying: Saying,
    *,
    channel: str,
    by: Standing,
    now: datetime,
    nonce: str = "",
) -> Raised:
    """
    Register what the holder of a number says; on an open day the leader is who listened.

    :raises NotPermitted: unless the person receives people in this mine.
    :raises Refused: with the field to blame, if it cannot be taken down like this.
    """
    _receiver(by, ticket)
    if ticket.booking is not None:
        raised = register_booking(
            ticket.booking, saying, channel=channel, by=by, now=now, nonce=nonce
        )
    else:
        raised = register_matter(
            saying,
            channel=channel,
            by=by,
            now=now,
            nonce=nonce,
            receiver=who_listens(ticket.line, ticket.mine_id),
        )
    anonymous = raised.matter.identity == Identity.ANONYMOUS
    Ticket.objects.filter(pk=ticket.pk).update(
        state=TicketState.DONE, matter=None if anonymous else raised.matter.uid
    )
    return raised


def _next_number(
    line: str, booking: Booking | None, mine_id: int, by: Standing, now: datetime
) -> Ticket:
    today = localtime(now).date()
    last = _tickets(mine_id, line, today).aggregate(Max("number"), Max("turn"))
    number = (last["number__max"] or 0) + 1
    ticket = Ticket(
        mine_id=mine_id,
        line=line,
        day=today,
        number=number,
        turn=(last["turn__max"] or 0) + 1,
        booking=booking,
        starts_at=booking.starts_at if booking else None,
    )
    ticket.save(force_insert=True)
    note(
        "reception.number_given",
        by=by.on_record,
        at=now,
        mine_id=mine_id,
        detail={"line": line, "number": number},
    )
    return ticket


def _tickets(mine_id: int, line: str, day: date) -> QuerySet[Ticket]:
    return Ticket.objects.filter(mine_id=mine_id, line=line, day=day)


def _receiver(by: Standing, ticket: Ticket | None = None) -> int:
    elsewhere = ticket is not None and ticket.mine_id != by.mine_id
    if not may_receive(by) or by.mine_id is None or elsewhere:
        raise NotPermitted(_("只有接待人员可以叫号。"))
    return by.mine_id


def _go(
    ticket: Ticket, sources: list[TicketState], to: TicketState, **changes: object
) -> Ticket:
    here = Ticket.objects.filter(pk=ticket.pk, state__in=sources)
    if not here.update(state=to, **changes):
        raise Outdated(_("这个号刚才有人动过，请刷新看看。"))
    ticket.refresh_from_db()
    return ticket
