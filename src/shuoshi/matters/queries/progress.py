"""What the speaker of a matter may know of it, from the record and the table."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _

from shuoshi.common.frame import Stop
from shuoshi.common.sealing import SealBroken, open_box
from shuoshi.matters.models import Claim, Matter
from shuoshi.matters.queries.files import FileTold, files_open_to, is_public
from shuoshi.matters.queries.matters import for_the_page
from shuoshi.matters.queries.people import is_held_by_the_named
from shuoshi.matters.rules.progress import REACHES, REOPENS, Mark, stops_of
from shuoshi.matters.rules.states import ENDED, UNANSWERED, State
from shuoshi.matters.rules.table import STEPS
from shuoshi.org.models import Unit
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.standing import speaker_of
from shuoshi.trail.models import Event
from shuoshi.trail.queries.events import events_about


if TYPE_CHECKING:
    from shuoshi.accounts.models import User


@dataclass(frozen=True)
class Told:
    """One thing that happened, as the speaker is told it."""

    at: datetime
    verb: str
    what: str
    unit: str = ""
    words: str = ""


@dataclass(frozen=True)
class Course:
    """How far a matter is and how it was answered, without a word of what was asked."""

    stops: list[Stop]
    due_at: datetime | None
    provisional: bool
    answers: list[Claim]


@dataclass(frozen=True)
class Progress:
    """
    What the speaker reads.

    ``due_at`` is when the next word is due: the answer, the rating, the decision of a
    review; None once it has ended. ``main`` is the older matter that goes on for this one:
    somebody else's, so its course alone is told.
    """

    matter: Matter
    stops: list[Stop]
    told: list[Told]
    claims: list[Claim]
    receiver: str
    receiver_unit: str
    unit: str
    due_at: datetime | None
    main: "Course | None" = None
    files: list[FileTold] = field(default_factory=list)
    # Sealed where nobody in the mine may take it: the committee above is asked to.
    for_above: bool = False


def matter_with_digests(digests: Iterable[str]) -> Matter | None:
    """Return the matter whose receipt has one of these hashes, with what its page shows."""
    return for_the_page(Matter.objects.filter(receipt_digest__in=[*digests])).first()


def progress_of(matter: Matter) -> Progress:
    """Return what the speaker of a matter is told (three queries besides the matter's)."""
    units = tree_of(matter.mine_id).units
    events = list(events_about(matter.uid))
    receiver = cast("User", matter.first_receiver)
    return Progress(
        matter=matter,
        stops=_stops(matter, events, units),
        told=[_as_told(matter, event, units) for event in events if is_public(event)],
        claims=[] if matter.sealed else list(matter.claims.all()),
        receiver=receiver.name,
        receiver_unit=_unit_of(receiver, units),
        unit=units[matter.lead_unit_id].name if _is_with_unit(matter) else "",
        due_at=_due_at(matter),
        main=_main(matter, units),
        for_above=any(event.detail.get("for_above") for event in events),
        files=files_open_to(
            speaker_of(matter.pk, matter.mine_id), matter, events=events
        ),
    )


def _main(matter: Matter, units: dict[int, Unit]) -> Course | None:
    if matter.merged_into_id is None:
        return None
    main = matter
    while main.merged_into_id is not None:
        main = Matter.objects.get(pk=main.merged_into_id)
    stops = _stops(main, events_about(main.uid), units)
    # Named after it was merged, the accused does not answer who accuses them.
    if is_held_by_the_named(matter, main):
        return None
    answered = main.state in {State.ANSWERED, State.CLOSED} and not main.sealed
    # Who was merged gets the same reply: nothing ends without one.
    answers = (
        [claim for claim in main.claims.all() if claim.outcome] if answered else []
    )
    return Course(stops, _due_at(main), main.provisional, answers)


def _stops(
    matter: Matter, events: Iterable[Event], units: dict[int, Unit]
) -> list[Stop]:
    note = _note(matter, units[matter.lead_unit_id].name)
    return stops_of(State(matter.state), _reached(events), note=note)


def _due_at(matter: Matter) -> datetime | None:
    if matter.state in ENDED:
        return None
    return matter.answer_due_at if matter.state in UNANSWERED else matter.due_at


def _is_with_unit(matter: Matter) -> bool:
    return matter.state not in ENDED - {State.CLOSED} and matter.state != State.RECEIVED


def _unit_of(person: "User", units: dict[int, Unit]) -> str:
    own = standing_of(person).units & units.keys()
    return units[min(own)].name if own else ""


def _note(matter: Matter, unit: str) -> str:
    match matter.state:
        case State.TRIAGED:
            return _("已分给%(unit)s，等待签收") % {"unit": unit}
        case State.DELIBERATING:
            return _("有关单位正在议事")
        case State.HANDLING if matter.suspended_at is not None:
            return _("%(unit)s，暂缓办理") % {"unit": unit}
        case State.HANDLING:
            return unit
        case _:
            return ""


def _reached(events: Iterable[Event]) -> dict[Mark, datetime]:
    """Return when each stop was reached, forgetting what was opened again."""
    reached: dict[Mark, datetime] = {}
    for event in events:
        for mark in REOPENS.get(event.verb, ()):
            reached.pop(mark, None)
        if event.verb in REACHES:
            reached[REACHES[event.verb]] = event.at
    return reached


def _as_told(matter: Matter, event: Event, units: dict[int, Unit]) -> Told:
    step = STEPS[event.verb]
    lead = units.get(event.detail.get("lead_unit") or 0)
    words = event.words and (step.told or event.detail.get("public"))
    return Told(
        event.at,
        event.verb,
        str(step.past),
        unit=lead.name if lead else "",
        words=_opened(matter, event) if words else "",
    )


def _opened(matter: Matter, event: Event) -> str:
    try:
        box = open_box(matter.uid, matter.key)
        return box.open(event.words, f"event:{event.seq}")
    except SealBroken as broken:
        # The rest of the page still tells the truth.
        return broken.message
