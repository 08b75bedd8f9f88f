"""Find what people asked about their own information."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from shuoshi.common.sealing import SealBroken, open_box
from shuoshi.privacy.models import RightsRequest


def requests_about(about: UUID) -> QuerySet[RightsRequest]:
    """Return what the speaker of a matter asked, the newest first."""
    return RightsRequest.objects.filter(about=about).order_by("-pk")


def requests_by(person_id: int) -> QuerySet[RightsRequest]:
    """Return what a person who signs in asked, the newest first."""
    return RightsRequest.objects.filter(person_id=person_id).order_by("-pk")


def requests_in(mine_id: int) -> QuerySet[RightsRequest]:
    """Return everything asked in a mine: what waits by its day, then what was answered."""
    return RightsRequest.objects.filter(mine_id=mine_id).order_by(
        F("answered_at").desc(nulls_first=True), "due_on", "pk"
    )


@dataclass(frozen=True)
class RequestShown:
    """A request with its words out of the seal."""

    request: RightsRequest
    words: str
    answer: str

    def is_late(self, today: date) -> bool:
        """True if the day has passed on which it had to be answered."""
        return not self.request.outcome and self.request.due_on < today


def shown(request: RightsRequest) -> RequestShown:
    """Return a request opened; the caller has asked who may read it."""
    try:
        box = open_box(f"request:{request.uid}", request.key)
        words = box.open(request.words, "words") if request.words else ""
        answer = box.open(request.answer, "answer") if request.answer else ""
    except SealBroken as broken:
        return RequestShown(request, broken.message, broken.message)
    return RequestShown(request, words, answer)
