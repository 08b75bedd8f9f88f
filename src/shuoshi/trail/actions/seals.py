"""Seal what was recorded, once a day."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.trail.actions.notes import note
from shuoshi.trail.models import Seal
from shuoshi.trail.queries.seals import latest_seal, leaves_between, settled_id
from shuoshi.trail.rules.chain import FIRST
from shuoshi.trail.rules.merkle import Tree
from shuoshi.trail.rules.notes import CLOCK, ROOM, SEALED
from shuoshi.trail.rules.seals import seal_hash


class SealRefused(Refused):
    """This day cannot be sealed any more."""


def seal_day(day: date, *, now: datetime) -> Seal:
    """
    Seal all that was recorded since the seal before; a day has one seal.

    Do not call it inside a transaction: it must see what others have committed.

    :raises SealRefused: if a later day is sealed already.
    """
    before = latest_seal()
    if before and before.day >= day:
        return _sealed_before(day)
    after_id = before.last_id if before else 0
    last_id = max(settled_id(), after_id)
    tree = Tree()
    for leaf in leaves_between(after_id, last_id):
        tree.add(leaf)
    seal = Seal(
        day=day,
        sealed_at=now,
        after_id=after_id,
        last_id=last_id,
        leaves=tree.leaves,
        root=tree.root().hex(),
        prev_hash=before.hash if before else FIRST,
    )
    seal.hash = seal_hash(seal)
    try:
        with transaction.atomic():
            seal.save(force_insert=True)
            # The record remembers the seal: none can be taken off its end unseen.
            note(SEALED.removeprefix(f"{ROOM}."), by=CLOCK, at=now, detail=_told(seal))
    except IntegrityError:
        # Another worker was faster: a seal has one successor.
        return _sealed_before(day)
    return seal


def _told(seal: Seal) -> dict[str, str]:
    return {"day": seal.day.isoformat(), "seal": seal.hash}


def _sealed_before(day: date) -> Seal:
    seal = Seal.objects.filter(day=day).first()
    if seal is None:
        raise SealRefused(_("更晚的日期已经封存，这一天不能再封。"))
    return seal
