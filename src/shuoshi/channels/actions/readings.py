"""Read what is protected: put on record before it is shown."""

from datetime import datetime
from typing import Any

from django.db import transaction

from shuoshi.channels.queries.sheets import locked_sheet_of, sheet_of
from shuoshi.common.committees import is_locked
from shuoshi.common.refusals import NotPermitted
from shuoshi.common.sealing import SealLocked
from shuoshi.matters.actions.readings import SPEAKER, TEXT, note_opened, note_read
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.sheet import SpeakerShown, speaker_of_sheet
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.rules.states import Identity
from shuoshi.org.rules.standing import Standing


def read_matter(matter: Matter, *, by: Standing, now: datetime) -> dict[str, Any]:
    """Return the matter as far as this person may read it; sealed words go on record."""
    if is_locked(matter.key):
        return locked_sheet_of(matter, by)
    readable = gate.may(by, Permission.READ, matter)
    if readable:
        note_opened(matter, by=by, now=now)
    if readable and matter.sealed:
        note_read(matter, TEXT, by=by, now=now, why="api")
    return sheet_of(matter, by)


@transaction.atomic
def read_speaker(matter: Matter, *, by: Standing, now: datetime) -> SpeakerShown | None:
    """
    Return who raised the matter, none if nobody was kept.

    :raises NotPermitted: if this person may not know.
        It is so too where only the committee's passphrase opens it, at the desk.
    """
    gate.require(by, Permission.SEE_SPEAKER, matter)
    if is_locked(matter.key):
        raise NotPermitted(SealLocked().message)
    if matter.identity != Identity.ANONYMOUS:
        note_read(matter, SPEAKER, by=by, now=now, why="api")
    return speaker_of_sheet(matter)
