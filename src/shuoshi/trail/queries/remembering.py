"""Tell an end that is remembered wrongly from events that are gone or came unasked."""

from typing import Final

from django.db import DatabaseError, connection
from django.db.models import Count, Max

from shuoshi.trail.models import Event
from shuoshi.trail.queries.seals import lies_under_seal
from shuoshi.trail.rules.chain import HeadLike
from shuoshi.trail.rules.verdicts import Bad, is_whole


UNREADABLE: Final = (ValueError, TypeError, AttributeError, DatabaseError)
LAST_GIVEN: Final = {
    "sqlite": "SELECT seq FROM sqlite_sequence WHERE name = 'trail_event'",
    "postgresql": "SELECT last_value FROM trail_event_id_seq",
}


def is_remembered_wrongly(head: HeadLike, bad: Bad) -> bool:
    """
    Tell whether the record itself shows that not it but what remembers its end is bad.

    It does where the last event remembered stands under another thing, where what is
    beyond the end lies under a seal, and where no number was lost since the last event.
    """
    try:
        if bad.event is not None:
            return lies_under_seal(bad.event)
        return _stands_elsewhere(head) or _none_was_lost(head)
    except UNREADABLE:
        return False


def _stands_elsewhere(head: HeadLike) -> bool:
    others = Event.objects.filter(hash=head.hash).exclude(about=head.about)
    return any(is_whole(event) for event in others[:1])


def _none_was_lost(head: HeadLike) -> bool:
    own = Event.objects.filter(about=head.about).aggregate(last=Max("pk"))
    last = own["last"] or 0
    kept = Event.objects.filter(pk__gt=last).aggregate(many=Count("pk"))
    with connection.cursor() as cursor:
        cursor.execute(LAST_GIVEN[connection.vendor])
        given = cursor.fetchone()
    return given is not None and bool(kept["many"] == given[0] - last)
