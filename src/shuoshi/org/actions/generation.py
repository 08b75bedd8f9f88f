"""Make every process forget what it remembered of the organisation."""

from django.db.models import F

from shuoshi.org.models import Generation


def bump() -> None:
    """Move the generation on. To be called by every action that changes org data."""
    if not Generation.objects.update(number=F("number") + 1):
        Generation.objects.create(pk=1, number=1)
