"""Put messages in the outbox. A task sends them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from shuoshi.notices.models import Notice
from shuoshi.notices.rules.kinds import KINDS


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


def queue_word(
    *, to: Iterable[int], kind: str, mine_id: int, now: datetime, number: str = ""
) -> None:
    """
    Queue a message that is about no matter; ``number`` may say of which day it is.

    :raises KeyError: if it is no such kind.
    """
    if kind not in KINDS:
        raise KeyError(kind)
    Notice.objects.bulk_create(
        Notice(mine_id=mine_id, to_id=person, number=number, kind=kind, at=now)
        for person in dict.fromkeys(to)
    )
