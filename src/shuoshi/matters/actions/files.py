"""Hand out a file of a matter: on record first where the matter is protected."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Missing
from shuoshi.common.sealing import SealBroken, SealLocked
from shuoshi.files.models import Attachment
from shuoshi.files.queries import read
from shuoshi.files.rules.kinds import Kind
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.files import files_open_to
from shuoshi.matters.rules.states import Identity
from shuoshi.org.rules.standing import Kind as Person
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note, note_reading


@dataclass(frozen=True)
class HandedFile:
    """A file that may leave."""

    content: bytes
    kind: Kind
    place: int


def hand_out(matter: Matter, uid: UUID, *, by: Standing, now: datetime) -> HandedFile:
    """
    Return a file of this matter; whose file it is not, gets it under no address.

    :raises Missing: if there is none, as far as this person may know.
    :raises FileHeld: if the virus scanner has not judged it yet.
    :raises SealLocked: if the committee's key is not unlocked here.
    :raises SealBroken: if it was changed in the store; that goes on record.
    """
    for told in files_open_to(by, matter):
        if told.uid == uid:
            content = _content(matter, told.attachment, by=by, now=now)
            return HandedFile(content, Kind(told.attachment.kind), told.place)
    raise Missing(_("这里没有您要找的。"))


def _content(
    matter: Matter, attachment: Attachment, *, by: Standing, now: datetime
) -> bytes:
    try:
        content = read(attachment)
    except SealLocked:
        # Whole, but under a key that is not unlocked here.
        raise
    except SealBroken:
        note(
            "files.found_broken",
            by=by.on_record,
            at=now,
            mine_id=matter.mine_id,
            about=matter.uid,
            detail={"file": str(attachment.pk)},
        )
        raise
    if is_recorded(matter) and by.kind is Person.STAFF:
        note_reading(
            mine_id=matter.mine_id,
            about=matter.uid,
            field="file",
            by=by.on_record,
            at=now,
            why="sheet",
        )
    return content


def is_recorded(matter: Matter) -> bool:
    """True where a photo may show who spoke: every look at it is kept."""
    return matter.sealed or matter.identity != Identity.NAMED
