"""What was erased, read from the record."""

from collections.abc import Iterator

from shuoshi.keys.rules.erasures import Erasure
from shuoshi.trail.models import Event


ERASED = "note.keys.erased"


def erasures() -> Iterator[Erasure]:
    """Return all that was ever erased here, in order; each may be applied again."""
    events = Event.objects.filter(verb=ERASED).order_by("pk")
    for detail in events.values_list("detail", flat=True).iterator():
        yield Erasure.from_dict(detail)
