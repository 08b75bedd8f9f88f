"""What is handed over from turn to turn, and to whom."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shuoshi.common.sealing import SealBroken, SealErased, open_box
from shuoshi.duty.models import Turn
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.lines import listed, title_of_line
from shuoshi.matters.queries.matters import matters_seen_by, waiting_for
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing
from shuoshi.reception.models import Handover


SHOWN = 20


@dataclass(frozen=True)
class Unfinished:
    """A matter that waits, as far as the reader may know of it."""

    number: str
    title: str


@dataclass(frozen=True)
class HandoverShown:
    """A handover with its words, and those of its matters that the reader may see."""

    handover: Handover
    words: str
    matters: list[Unfinished] = field(default_factory=list)


def turn_today(person: Standing, *, now: datetime) -> Turn | None:
    """Return the person's turn of today."""
    turns = Turn.objects.filter(
        mine_id=person.mine_id or 0,
        person_id=person.person_id or 0,
        day=localtime(now).date(),
    )
    return turns.select_related("unit").first()


def handover_of(turn: Turn) -> Handover | None:
    """Return what was handed over at the end of a turn."""
    return Handover.objects.filter(
        mine_id=turn.mine_id, day=turn.day, by_id=turn.person_id
    ).first()


def unfinished_of(person: Standing) -> list[Matter]:
    """Return the matters that wait for this person."""
    return list(listed(waiting_for(person)))


def unfinished_shown(person: Standing) -> list[Unfinished]:
    """Return what goes along with a handover, as whoever gives it sees it."""
    return [Unfinished(one.number, title_of_line(one)) for one in unfinished_of(person)]


def next_turns(mine_id: int, after: date) -> list[Turn]:
    """Return the turns of the first day after one that has any."""
    later = Turn.objects.filter(mine_id=mine_id, day__gt=after)
    first = later.order_by("day").values_list("day", flat=True).first()
    return list(later.filter(day=first)) if first else []


def is_for(handover: Handover, person: Standing) -> bool:
    """Tell whether this person is the next, and so the one to take it."""
    return any(
        turn.person_id == person.person_id and turn.person_id != handover.by_id
        for turn in next_turns(handover.mine_id, handover.day)
    )


def handovers_waiting_for(person: Standing) -> list[Handover]:
    """Return what this person is to take, the oldest first."""
    open_ones = Handover.objects.filter(mine_id=person.mine_id or 0, taken_at=None)
    several = open_ones.select_related("by").order_by("day")
    return [one for one in several if is_for(one, person)]


def handovers_seen_by(person: Standing) -> list[HandoverShown]:
    """Return the latest that the person gave or took, or all of the mine who plans it."""
    mine = Handover.objects.filter(mine_id=person.mine_id or 0)
    if not person.is_any(Role.COORDINATOR):
        mine = mine.filter(Q(by=person.person_id) | Q(taken_by=person.person_id))
    latest = mine.select_related("by", "taken_by").order_by("-day", "-pk")[:SHOWN]
    return [shown_to(person, one) for one in latest]


def shown_to(person: Standing, handover: Handover) -> HandoverShown:
    """Return a handover as this person may read it."""
    seen = matters_seen_by(person).filter(pk__in=handover.unfinished)
    return HandoverShown(
        handover,
        _words(handover),
        [
            Unfinished(one.number, title_of_line(one))
            for one in listed(seen).order_by("due_at", "pk")
        ],
    )


def _words(handover: Handover) -> str:
    if not handover.words:
        return ""
    try:
        box = open_box(f"handover:{handover.uid}", handover.key)
        return box.open(handover.words, "words")
    except SealErased:
        return _("已清除")
    except SealBroken as broken:
        return broken.message
