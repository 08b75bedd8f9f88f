"""Read what is protected in a matter: put on record before it is shown."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from shuoshi.matters.models import Matter, Opened
from shuoshi.matters.rules.access import is_released_to
from shuoshi.matters.rules.states import Identity
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note, note_reading, note_readings


# What is read, as the record names it.
TEXT, SPEAKER, WORDS = "text", "speaker", "words"
# Why, where a second person let them.
RELEASED = "release"


def note_read(
    matter: Matter, field: str, *, by: Standing, now: datetime, why: str
) -> None:
    """
    Record that somebody reads a protected field of a matter, before it is shown.

    :raises Outdated: if the same person kept reading at the same moment.
    """
    if field == SPEAKER and is_released_to(by, matter):
        why = RELEASED
    note_reading(
        mine_id=matter.mine_id,
        about=matter.uid,
        field=field,
        by=by.on_record,
        at=now,
        why=why,
    )


def note_named(
    uids: Iterable[UUID], *, mine_id: int, by: Standing, now: datetime, why: str
) -> int:
    """Record that the names of many speakers are taken out at once; return how many."""
    return note_readings(
        uids, mine_id=mine_id, field=SPEAKER, by=by.on_record, at=now, why=why
    )


def note_paper(matter: Matter, paper: str, *, by: Standing, now: datetime) -> None:
    """Record that somebody took a slip or letter of the matter to print it."""
    if matter.sealed:
        note_read(matter, TEXT, by=by, now=now, why=paper)
    note(
        "matters.paper_exported",
        by=by.on_record,
        at=now,
        mine_id=matter.mine_id,
        about=matter.uid,
        detail={"paper": paper},
    )


def note_opened(matter: Matter, *, by: Standing, now: datetime) -> None:
    """
    Record that somebody at work opened the matter: once a day, however often.

    What was said in confidence or namelessly goes on the trail as well.
    """
    if by.person_id is None:
        return
    day = localdate(now)
    today = Opened.objects.filter(matter=matter.pk, person=by.person_id, day=day)
    if not today.exists():
        row = Opened(matter=matter, person_id=by.person_id, day=day)
        Opened.objects.bulk_create([row], ignore_conflicts=True)
        if matter.identity != Identity.NAMED and not matter.sealed:
            note_read(matter, WORDS, by=by, now=now, why="opened")
