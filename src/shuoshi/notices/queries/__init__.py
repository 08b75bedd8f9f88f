"""Find notices: to a person, to the speaker of a matter, in the outbox."""

from uuid import UUID

from django.db.models import QuerySet

from shuoshi.notices.models import Notice


def notices_of(person_id: int) -> QuerySet[Notice]:
    """Return the notices to a person, the newest first."""
    return Notice.objects.filter(to=person_id).order_by("-id")


def unread_of(person_id: int) -> QuerySet[Notice]:
    """Return what a person has not read yet, the newest first."""
    return Notice.objects.filter(to=person_id, read_at=None).order_by("-at", "-id")


def unread_about(person_id: int, about: UUID) -> QuerySet[Notice]:
    """Return what a person has not read yet about one matter."""
    return Notice.objects.filter(to=person_id, read_at=None, about=about)


def outbox_waiting(road: str) -> QuerySet[Notice]:
    """Return what waits to be sent on a road, the oldest first."""
    return Notice.objects.filter(sent_at=None, road=road).order_by("id")
