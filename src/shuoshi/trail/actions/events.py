"""Add to the record."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Outdated
from shuoshi.trail.models import ChainEnd, Event
from shuoshi.trail.queries.events import head_of
from shuoshi.trail.rules.chain import HeadLike, event_hash
from shuoshi.trail.rules.notes import ON


BATCH: Final = 1000
TRIES: Final = 20


def linked(
    head: HeadLike,
    *,
    mine_id: int,
    verb: str,
    by: str,
    at: datetime,
    detail: dict[str, Any] | None = None,
    words: str = "",
) -> Event:
    """
    Return the event that follows a head, not yet saved. It is the next head itself.

    :raises TypeError: if the detail holds more than plain JSON without fractions.
    """
    event = Event(
        mine_id=mine_id,
        about=head.about,
        seq=head.seq + 1,
        at=at,
        verb=verb,
        by=by,
        detail=detail or {},
        words=words,
        prev_hash=head.hash,
    )
    event.hash = event_hash(event)
    return event


def append(
    head: HeadLike,
    *,
    mine_id: int,
    verb: str,
    by: str,
    at: datetime,
    detail: dict[str, Any] | None = None,
    words: str = "",
) -> Event:
    """
    Add an event to the chain that ends at this head, which is in the caller's care.

    :raises TypeError: if the detail holds more than plain JSON without fractions.
    :raises IntegrityError: if the chain does not end there any more.
    """
    event = linked(
        head, mine_id=mine_id, verb=verb, by=by, at=at, detail=detail, words=words
    )
    event.save(force_insert=True)
    return event


def append_many(events: Iterable[Event]) -> int:
    """Save linked events in bulk, for imports and synthetic load; return how many."""
    return len(Event.objects.bulk_create(events, batch_size=BATCH))


def record(
    about: UUID,
    *,
    mine_id: int,
    verb: str,
    by: str,
    at: datetime,
    detail: dict[str, Any] | None = None,
    words: str = "",
    thing: UUID | None = None,
) -> Event:
    """
    Add an event about a thing that does not remember the head of its own chain.

    :raises Outdated: if others kept adding to it at the same moment.
    """
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                head = head_of(about)
                event = linked(
                    head,
                    mine_id=mine_id,
                    verb=verb,
                    by=by,
                    at=at,
                    detail=detail,
                    words=words,
                )
                event.thing = thing
                event.save(force_insert=True)
                _remember(head, event)
                return event
        except IntegrityError:
            continue
    raise _others_first()


def _others_first() -> Outdated:
    return Outdated(_("同一时刻有别人在改，请再试一次。"))


def record_many(
    about: UUID,
    things: Iterable[UUID],
    *,
    mine_id: int,
    verb: str,
    by: str,
    at: datetime,
    detail: dict[str, Any],
) -> int:
    """
    Add one event for each thing to the same chain; return how many.

    :raises Outdated: if others kept adding to it at the same moment.
    """
    remaining, count = iter(things), 0
    while batch := list(islice(remaining, BATCH)):
        for _attempt in range(TRIES):
            head = head_of(about)
            events: list[Event] = []
            for thing in batch:
                event = linked(
                    events[-1] if events else head,
                    mine_id=mine_id,
                    verb=verb,
                    by=by,
                    at=at,
                    detail={**detail, ON: str(thing)},
                )
                event.thing = thing
                events.append(event)
            try:
                with transaction.atomic():
                    count += append_many(events)
                    _remember(head, events[-1])
                break
            except IntegrityError:
                continue
        else:
            raise _others_first()
    return count


def _remember(before: HeadLike, event: Event) -> None:
    """
    Move the end of a chain on to its new event.

    :raises IntegrityError: if somebody else moved it first.
    """
    if not before.seq:
        ChainEnd.objects.create(about=event.about, seq=event.seq, hash=event.hash)
        return
    end = ChainEnd.objects.filter(about=event.about, seq=before.seq)
    if not end.update(seq=event.seq, hash=event.hash):
        raise IntegrityError("the chain does not end there any more")
