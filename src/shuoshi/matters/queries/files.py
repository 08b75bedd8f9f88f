"""Which files of a matter a person may open. The speaker: the own, and what was answered with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from shuoshi.files.queries import attachments_of
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.rules.table import STEPS
from shuoshi.org.rules.standing import Kind
from shuoshi.trail.queries.events import events_about


if TYPE_CHECKING:
    from collections.abc import Iterable

    from shuoshi.files.models import Attachment
    from shuoshi.matters.models import Matter
    from shuoshi.org.rules.standing import Standing
    from shuoshi.trail.models import Event

BY_SPEAKER = "speaker"


@dataclass(frozen=True)
class FileTold:
    """A file as it is offered: by its place, never by the name it came under."""

    place: int
    attachment: "Attachment"

    @property
    def uid(self) -> UUID:
        return self.attachment.pk

    @property
    def is_own(self) -> bool:
        return self.attachment.added_by == BY_SPEAKER


def files_open_to(
    person: "Standing", matter: "Matter", *, events: "Iterable[Event] | None" = None
) -> list[FileTold]:
    """Return the files that this person may open, in the order they came."""
    if not gate.may(person, Permission.READ, matter):
        return []
    there: Iterable[Attachment] = attachments_of(matter.uid)
    if person.kind is Kind.SPEAKER:
        told = _told(events_about(matter.uid) if events is None else events)
        there = [
            one for one in there if one.added_by == BY_SPEAKER or str(one.pk) in told
        ]
    return [FileTold(place, one) for place, one in enumerate(there, start=1)]


def _told(events: "Iterable[Event]") -> set[str]:
    """Return the ids of files that came with what the speaker is told."""
    return {
        str(uid)
        for event in events
        if is_public(event)
        for uid in event.detail.get("files") or ()
    }


def is_public(event: "Event") -> bool:
    """True for what the speaker is told."""
    step = STEPS.get(event.verb)
    return step is not None and (step.public or bool(event.detail.get("public")))
