"""Read the record."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from shuoshi.trail.models import ChainEnd, Event, Reading
from shuoshi.trail.rules.chain import Head


PAGE: Final = 2000


def events_about(about: UUID) -> QuerySet[Event]:
    """Return the history of a thing, from its beginning."""
    return Event.objects.filter(about=about).order_by("seq")


def head_of(about: UUID) -> Head:
    """Return the end of a chain, for things that do not remember it themselves."""
    return end_of(about) or Head(about)


def end_of(about: UUID) -> Head | None:
    """Return where a chain of this room's own keeping ends; None for all others."""
    ends = ChainEnd.objects.filter(about=about)
    end = ends.values_list("about", "seq", "hash").first()
    return Head(*end) if end else None


def ends() -> Iterator[Head]:
    """Return where all chains of this room's keeping end, ordered by what they are about."""
    after: UUID | None = None
    while True:
        rows = ChainEnd.objects.order_by("about")
        if after is not None:
            rows = rows.filter(about__gt=after)
        page = list(rows.values_list("about", "seq", "hash")[:PAGE])
        yield from (Head(*row) for row in page)
        if len(page) < PAGE:
            return
        after = page[-1][0]


def readings_about(about: UUID) -> QuerySet[Reading]:
    """Return who read protected fields of a thing, the latest first."""
    return Reading.objects.filter(thing=about).order_by("-id")
