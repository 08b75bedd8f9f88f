"""Answer what people ask about their own information, and do what was granted."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shuoshi.matters.actions.speakers import correct_speaker, forget_speaker
from shuoshi.matters.models import Matter
from shuoshi.org.rules.standing import Standing
from shuoshi.privacy.actions.requests import answer
from shuoshi.privacy.models import RightsRequest
from shuoshi.privacy.rules.purposes import Outcome, Wish
from shuoshi.trail.actions import note_reading


@dataclass(frozen=True)
class Answer:
    """How a request is answered; a corrected name or contact is written at once."""

    outcome: str
    words: str
    name: str = ""
    contact: str = ""


@transaction.atomic
def answer_request(
    request: RightsRequest,
    given: Answer,
    *,
    matter: Matter | None,
    by: Standing,
    now: datetime,
) -> RightsRequest:
    """
    Answer a request that this person may know of, and do what was granted.

    :raises NotPermitted: if this person does not answer requests.
    :raises Refused: with the field to blame, if the answer cannot be given like this.
    :raises Outdated: if it was answered already.
    """
    answered = answer(request, outcome=given.outcome, words=given.words, by=by, now=now)
    if answered.outcome == Outcome.GRANTED and matter is not None:
        _carry_out(answered, given, matter, by=by, now=now)
    return answered


def _carry_out(
    request: RightsRequest,
    given: Answer,
    matter: Matter,
    *,
    by: Standing,
    now: datetime,
) -> None:
    speaker = getattr(matter, "speaker", None)
    if speaker is None or not speaker.key:
        return
    if request.wish == Wish.ERASE:
        forget_speaker(matter, by=by.on_record, now=now, why="asked")
    elif request.wish == Wish.CORRECT and (given.name or given.contact):
        correct_speaker(
            matter,
            by=by.on_record,
            now=now,
            name=given.name or None,
            contact=given.contact or None,
        )


def read_request(request: RightsRequest, *, by: Standing, now: datetime) -> None:
    """Put on record that the words of a request are read: they may tell who asked."""
    if request.about is None:
        return
    note_reading(
        mine_id=request.mine_id,
        about=request.about,
        field="request",
        by=by.on_record,
        at=now,
        why="rights",
    )
