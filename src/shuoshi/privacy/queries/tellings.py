"""Find what people are told: the version that holds now, and every one before."""

from uuid import UUID

from django.db.models import QuerySet

from shuoshi.privacy.models import Submission, Telling


def versions_of(purpose: str, *, mine_id: int) -> QuerySet[Telling]:
    """Return every version that holds or held in a mine, the newest first."""
    own = Telling.objects.filter(purpose=purpose, mine_id=mine_id)
    of_whom = mine_id if mine_id and own.exists() else 0
    return Telling.objects.filter(purpose=purpose, mine_id=of_whom).order_by("-version")


def current_telling(purpose: str, *, mine_id: int) -> Telling:
    """Return the text that holds: the mine's own, else that of the house (one query)."""
    found = Telling.objects.filter(purpose=purpose, mine_id__in=[0, mine_id])
    return found.order_by("-mine_id", "-version")[:1].get()


def telling_shown(pk: int | None, purpose: str, *, mine_id: int) -> Telling:
    """Return the version that stood beside a form, else the one that holds now."""
    if pk:
        shown = Telling.objects.filter(
            pk=pk, purpose=purpose, mine_id__in=[0, mine_id]
        ).first()
        if shown:
            return shown
    return current_telling(purpose, mine_id=mine_id)


def submission_of(about: UUID) -> Submission | None:
    """Return which text stood beside the form when this was raised."""
    return Submission.objects.filter(about=about).select_related("telling").first()
