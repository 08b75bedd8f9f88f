"""Find what was agreed to, and what left the house."""

from uuid import UUID

from django.db.models import QuerySet

from shuoshi.privacy.models import Assessment, Consent, Handing
from shuoshi.privacy.rules.purposes import Purpose


def consents_of(about: UUID) -> QuerySet[Consent]:
    """Return everything agreed to with a matter, taken back or not."""
    return Consent.objects.filter(about=about).select_related("telling").order_by("pk")


def standing_consent(about: UUID, purpose: Purpose) -> Consent | None:
    """Return the consent that stands, if one was given and not taken back."""
    given = consents_of(about).filter(telling__purpose=purpose, withdrawn_at=None)
    return given.last()


def handings_of(about: UUID) -> QuerySet[Handing]:
    """Return what of a matter was handed outside, in order."""
    return Handing.objects.filter(about=about).order_by("pk")


def handings_in(mine_id: int) -> QuerySet[Handing]:
    """Return everything that left a mine, the newest first."""
    return (
        Handing.objects.filter(mine_id=mine_id)
        .select_related("consent__telling")
        .order_by("-pk")
    )


def assessments_in(mine_id: int) -> QuerySet[Assessment]:
    """Return the register of impact assessments of a mine, the newest first."""
    return Assessment.objects.filter(mine_id=mine_id).order_by("-pk")
