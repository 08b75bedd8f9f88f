"""Put messages in the outbox. A task sends them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from shuoshi.notices.models import Notice


def queue_many(
    *,
    to: Iterable[int | None],
    kind: str,
    mine_id: int,
    about: UUID,
    number: str,
    now: datetime,
) -> None:
    """Queue one notice for each of these people; None is the speaker of the matter."""
    Notice.objects.bulk_create(
        Notice(
            mine_id=mine_id, to_id=person, about=about, number=number, kind=kind, at=now
        )
        for person in to
    )
