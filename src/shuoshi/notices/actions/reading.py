"""Remember what a person has read. Nobody reads for somebody else."""

from datetime import datetime
from uuid import UUID

from shuoshi.notices.queries import unread_about, unread_of


def mark_read(person_id: int, about: UUID, *, now: datetime) -> int:
    """Take the person's notices about a matter as read, as it was opened."""
    return unread_about(person_id, about).update(read_at=now)


def mark_all_read(person_id: int, *, now: datetime) -> int:
    """Take all notices that the person had by now as read."""
    return unread_of(person_id).filter(at__lte=now).update(read_at=now)
