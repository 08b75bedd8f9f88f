"""Ask about one's own information, and be answered in time."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Outdated, Refused
from shuoshi.common.sealing import SealErased, new_box, open_box
from shuoshi.common.words import checked_words
from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.queries.generation import generation
from shuoshi.org.rules.standing import Standing
from shuoshi.privacy.models import RightsRequest
from shuoshi.privacy.rules.access import may_answer
from shuoshi.privacy.rules.purposes import (
    ANSWERED_WITHIN,
    MOST_OPEN,
    MOST_WORDS,
    Outcome,
    Wish,
)
from shuoshi.trail.actions import note


@transaction.atomic
def ask(
    wish: str,
    words: str,
    *,
    mine_id: int,
    by: str,
    now: datetime,
    about: UUID | None = None,
    person_id: int | None = None,
) -> RightsRequest:
    """
    Take down what a person asks about their own information; the clock starts.

    :raises Refused: if the wish is not known, or too many wait already.
    :raises WordsRefused: if the words are too long or badly encoded.
    """
    if wish not in Wish.values:
        raise Refused(_("请选择想要什么。"), field="wish")
    needs_words = wish in {Wish.CORRECT, Wish.EXPLAIN}
    words = checked_words(words, most=MOST_WORDS, field="words", required=needs_words)
    waiting = RightsRequest.objects.filter(
        about=about, person_id=person_id, mine_id=mine_id, outcome=""
    )
    if waiting.count() >= MOST_OPEN:
        raise Refused(_("您已经有几个请求在等答复，请等答复后再提。"), field="wish")
    uid = uuid4()
    box = new_box(f"request:{uid}")
    calendar = work_calendar(mine_id, generation())
    request = RightsRequest.objects.create(
        uid=uid,
        mine_id=mine_id,
        about=about,
        person_id=person_id,
        wish=wish,
        words=box.seal(words, "words") if words else "",
        key=box.wrapped,
        asked_at=now.replace(minute=0, second=0, microsecond=0),
        due_on=calendar.add_working(localdate(now), ANSWERED_WITHIN).day,
    )
    _note("asked", request, by=by, now=request.asked_at)
    return request


@transaction.atomic
def answer(
    request: RightsRequest, *, outcome: str, words: str, by: Standing, now: datetime
) -> RightsRequest:
    """
    Answer a request, once; a refusal gives its reasons.

    Whether this person may know of it at all is asked by who calls.

    :raises NotPermitted: if this person does not answer requests, or asked it.
    :raises Refused: if there is no such answer.
    :raises WordsRefused: if nothing is said, too much, or badly encoded.
    :raises Outdated: if it was answered already.
    """
    if not may_answer(by) or by.mine_id != request.mine_id:
        raise NotPermitted(_("这个请求不归您答复。"))
    if request.person_id is not None and request.person_id == by.person_id:
        raise NotPermitted(_("自己的请求要由别人答复。"))
    if outcome not in Outcome.values:
        raise Refused(_("请选择能不能照办。"), field="outcome")
    words = checked_words(words, most=MOST_WORDS, field="answer")
    try:
        box = open_box(f"request:{request.uid}", request.key)
    except SealErased:
        raise Outdated(_("这个请求已经清除。")) from None
    waiting = RightsRequest.objects.filter(pk=request.pk, outcome="", key=request.key)
    if not waiting.update(
        outcome=outcome,
        answer=box.seal(words, "answer"),
        answered_at=now,
        answered_by=by.on_record,
    ):
        raise Outdated(_("这个请求已经有人答复。"))
    request.refresh_from_db()
    _note("answered", request, by=by.on_record, now=now)
    return request


def _note(what: str, request: RightsRequest, *, by: str, now: datetime) -> None:
    note(
        f"privacy.request_{what}",
        by=by,
        at=now,
        mine_id=request.mine_id,
        about=request.about,
        detail={
            "request": str(request.uid),
            "wish": request.wish,
            "outcome": request.outcome,
        },
    )
