"""Read what is protected: put on record before it is shown."""

from datetime import datetime
from typing import Any

from django.db import transaction

from shuoshi.channels.queries.sheets import sheet_of
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.sheet import SpeakerShown, is_guarded, speaker_of_sheet
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note_reading


def read_matter(matter: Matter, *, by: Standing, now: datetime) -> dict[str, Any]:
    """Return the matter as far as this person may read it; sealed words go on record."""
    if matter.sealed and gate.may(by, Permission.READ, matter):
        _note(matter, "text", by=by, now=now)
    return sheet_of(matter, by)


@transaction.atomic
def read_speaker(matter: Matter, *, by: Standing, now: datetime) -> SpeakerShown | None:
    """
    Return who raised the matter, none if nobody was kept.

    :raises NotPermitted: if this person may not know.
    """
    gate.require(by, Permission.SEE_SPEAKER, matter)
    if is_guarded(matter):
        _note(matter, "speaker", by=by, now=now)
    return speaker_of_sheet(matter)


def _note(matter: Matter, field: str, *, by: Standing, now: datetime) -> None:
    note_reading(
        mine_id=matter.mine_id,
        about=matter.uid,
        field=field,
        by=by.on_record,
        at=now,
        why="api",
    )
