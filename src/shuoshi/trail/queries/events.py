"""Read the record."""

from uuid import UUID

from django.db.models import QuerySet

from shuoshi.trail.models import Event, Reading
from shuoshi.trail.rules.chain import Head


def events_about(about: UUID) -> QuerySet[Event]:
    """Return the history of a thing, from its beginning."""
    return Event.objects.filter(about=about).order_by("seq")


def head_of(about: UUID) -> Head:
    """Return the end of a chain, for things that do not remember it themselves."""
    last = (
        Event.objects.filter(about=about)
        .order_by("-seq")
        .values_list("about", "seq", "hash")
        .first()
    )
    return Head(*last) if last else Head(about)


def readings_about(about: UUID) -> QuerySet[Reading]:
    """Return who read protected fields of a thing, the latest first."""
    return Reading.objects.filter(about=about).order_by("-id")
