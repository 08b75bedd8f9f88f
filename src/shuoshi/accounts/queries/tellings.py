"""What people must be told about their own accounts."""

from django.db.models import QuerySet

from shuoshi.accounts.models import Telling, User


def untold(person: User) -> QuerySet[Telling]:
    """Return what a person has not yet seen, the oldest first."""
    return Telling.objects.filter(person=person, seen_at=None).order_by("at", "pk")
