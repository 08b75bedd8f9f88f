"""List what the record tells, for the auditor: never a title, a word or a speaker."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from shuoshi.accounts.models import User
from shuoshi.audit.rules.kinds import KINDS, kind_of, told_of
from shuoshi.common.opaque import hidden, shown
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.rules.access import is_kept_from
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.models import Event
from shuoshi.trail.queries import ids_around
from shuoshi.trail.rules.actors import chain_of
from shuoshi.trail.rules.notes import ROOM


SIZE: Final = 50
PERSON: Final = "person:"


LONGEST: Final = 19
LONGEST_TOKEN: Final = 200
PURPOSE: Final = "trail"


@dataclass(frozen=True)
class Place:
    """Where a page begins: behind (or, ``back``, before) this note."""

    pk: int
    back: bool = False


@dataclass(frozen=True)
class Wish:
    """What the auditor asks for; empty is everything."""

    who: str = ""
    kind: str = ""
    number: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Line:
    """One note as the auditor reads it."""

    at: datetime
    who: str
    kind: str
    told: str
    number: str


@dataclass(frozen=True)
class Shown:
    """One page of lines and its neighbours."""

    lines: list[Line]
    newer: str
    older: str


def notes_asked(auditor: Standing, wish: Wish) -> QuerySet[Event]:
    """Return the notes of the auditor's mine, and of the installation, as asked for."""
    notes = Event.objects.filter(
        verb__gte=f"{ROOM}.", verb__lt=f"{ROOM}/", mine_id__in=[auditor.mine_id, 0]
    )
    after, upto = ids_around(wish.since, wish.until)
    notes = notes.filter(id__gt=after)
    if upto is not None:
        notes = notes.filter(id__lte=upto)
    if wish.since:
        notes = notes.filter(at__gte=_begins(wish.since))
    if wish.until:
        notes = notes.filter(at__lt=_begins(wish.until + timedelta(days=1)))
    if kind := next((kind for kind in KINDS if kind.code == wish.kind), None):
        notes = notes.filter(kind.verbs)
    if wish.who:
        notes = notes.filter(about__in=[chain_of(by) for by in _actors(auditor, wish)])
    if wish.number:
        notes = notes.filter(thing__in=_things(auditor, wish.number))
    return notes


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZONE)


def _actors(auditor: Standing, wish: Wish) -> list[str]:
    people = User.objects.filter(
        Q(username=wish.who) | Q(name=wish.who), posts__mine_id=auditor.mine_id or 0
    )
    named = [f"{PERSON}{pk}" for pk in people.values_list("pk", flat=True).distinct()]
    return [*named, wish.who]


def _things(auditor: Standing, number: str) -> list[UUID]:
    matters = Matter.objects.filter(mine_id=auditor.mine_id or 0, number=number)
    return [
        matter.uid
        for matter in matters.prefetch_related("objects_named")
        if not is_kept_from(auditor, matter)
    ]


def page_asked(auditor: Standing, wish: Wish, place: Place | None) -> Shown:
    """Return one page of lines, the newest first (three queries, however many)."""
    notes, back = notes_asked(auditor, wish), bool(place and place.back)
    if place:
        notes = notes.filter(id__gt=place.pk) if back else notes.filter(id__lt=place.pk)
    found = list(notes.order_by("id" if back else "-id")[: SIZE + 1])
    more, found = len(found) > SIZE, found[:SIZE]
    if back:
        found.reverse()
    if not found:
        return Shown([], "", "")
    return Shown(
        lines_of(auditor, found),
        newer=_place(found[0]) if (more if back else place is not None) else "",
        older=_place(found[-1]) if (more if not back else True) else "",
    )


def _place(event: Event) -> str:
    # What lies between two numbers of the record would tell when something was said.
    return hidden(str(event.pk), purpose=PURPOSE)


def place_in(asked: Mapping[str, str]) -> Place | None:
    """Return the place that an address names; none if it names none."""
    for name, back in (("older", False), ("newer", True)):
        said = shown(asked.get(name, "")[:LONGEST_TOKEN], purpose=PURPOSE)
        if said.isascii() and said.isdigit() and len(said) < LONGEST:
            return Place(int(said), back=back)
    return None


def all_lines(auditor: Standing, wish: Wish, *, most: int) -> Iterator[Line]:
    """Yield the lines, the newest first, a few hundred in memory at a time."""
    notes = notes_asked(auditor, wish).order_by("-id")[:most]
    batch: list[Event] = []
    for event in notes.iterator(chunk_size=500):
        batch.append(event)
        if len(batch) == 500:
            yield from lines_of(auditor, batch)
            batch = []
    yield from lines_of(auditor, batch)


def lines_of(auditor: Standing, events: Iterable[Event]) -> list[Line]:
    """Return the lines of these notes."""
    events = list(events)
    names = _names({event.by for event in events})
    numbers = _numbers(auditor, {event.thing for event in events if event.thing})
    return [
        Line(
            localtime(event.at),
            names.get(event.by, event.by),
            str(kind_of(event.verb)),
            _told(event),
            numbers.get(event.thing, "") if event.thing else "",
        )
        for event in events
    ]


def _told(event: Event) -> str:
    # The number has a column of its own, and stays away where the auditor is kept from it.
    detail = {key: said for key, said in event.detail.items() if key != "number"}
    return told_of(event.verb, detail)


def _names(actors: set[str]) -> dict[str, str]:
    told = [by.removeprefix(PERSON) for by in actors if by.startswith(PERSON)]
    # What was written by another hand than ours must not keep the auditor out.
    ids = [int(one) for one in told if one.isascii() and one.isdigit()]
    people = User.objects.filter(pk__in=ids).values_list("pk", "name", "username")
    return {f"{PERSON}{pk}": f"{name}（{log_in}）" for pk, name, log_in in people}


def _numbers(auditor: Standing, things: set[UUID]) -> dict[UUID, str]:
    matters = Matter.objects.filter(uid__in=things).prefetch_related("objects_named")
    return {
        matter.uid: matter.number
        for matter in matters
        if not is_kept_from(auditor, matter)
    }
