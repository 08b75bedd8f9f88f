"""Hand over at the end of a turn; take over at the beginning of the next."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Outdated, Refused
from shuoshi.common.sealing import new_box
from shuoshi.common.words import checked_words
from shuoshi.org.rules.standing import Standing
from shuoshi.reception.models import Handover
from shuoshi.reception.queries.handovers import is_for, turn_today, unfinished_of
from shuoshi.reception.rules.handovers import MOST_WORDS
from shuoshi.trail.actions import note


class HandoverRefused(Refused):
    """Nothing can be handed over now."""


def hand_over(words: str, *, by: Standing, now: datetime) -> Handover:
    """
    Leave a note to the next on duty; what is unfinished goes along by itself.

    It is kept by number, not in the words: the next may be kept from some of it.

    :raises HandoverRefused: unless the person is on duty today, once a turn.
    :raises WordsRefused: if the text is too long or badly encoded.
    """
    turn = turn_today(by, now=now)
    if turn is None:
        raise HandoverRefused(_("今天不是您值班，不用交班。"))
    kept = checked_words(words, most=MOST_WORDS, field="words", required=False)
    uid = uuid4()
    box = new_box(f"handover:{uid}")
    handover = Handover(
        uid=uid,
        mine_id=turn.mine_id,
        day=turn.day,
        by_id=turn.person_id,
        words=box.seal(kept, "words") if kept else "",
        key=box.wrapped,
        unfinished=[matter.pk for matter in unfinished_of(by)],
        given_at=now,
    )
    try:
        with transaction.atomic():
            handover.save(force_insert=True)
            _note("handed_over", handover, by, now)
    except IntegrityError:
        raise HandoverRefused(_("今天的班已经交过了。")) from None
    return handover


@transaction.atomic
def take_over(uid: UUID, *, by: Standing, now: datetime) -> Handover:
    """
    Take what the one before left.

    :raises NotPermitted: unless the person has the turn after it.
    :raises Outdated: if it was taken already, or there is none.
    """
    handover = Handover.objects.filter(uid=uid, mine_id=by.mine_id or 0).first()
    if handover is None:
        raise Outdated(_("没有这个交班单。"))
    if not is_for(handover, by):
        raise NotPermitted(_("由下一班的人接班。"))
    waiting = Handover.objects.filter(pk=handover.pk, taken_at=None)
    if not waiting.update(taken_by_id=by.person_id, taken_at=now):
        raise Outdated(_("这个班已经有人接了。"))
    _note("taken_over", handover, by, now)
    return handover


def _note(what: str, handover: Handover, by: Standing, now: datetime) -> None:
    note(
        f"reception.{what}",
        by=by.on_record,
        at=now,
        mine_id=handover.mine_id,
        about=handover.uid,
        detail={"day": handover.day.isoformat(), "many": len(handover.unfinished)},
    )
