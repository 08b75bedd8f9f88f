"""What a row of the table says."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shuoshi.matters.rules.access import Permission
from shuoshi.matters.rules.conditions import Condition
from shuoshi.matters.rules.fields import Field
from shuoshi.matters.rules.states import State


if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class ClockEffect(StrEnum):
    """What a step does to the total clock of the matter."""

    NOTHING = auto()
    START = auto()
    LIMIT = auto()
    PAUSE = auto()
    RESUME = auto()
    EXTEND = auto()
    STOP = auto()
    RESTART = auto()
    CLIMB = auto()
    RECALCULATE = auto()


class Audience(StrEnum):
    """Who is told."""

    SPEAKER = auto()
    RESPONSIBLE = auto()
    FIRST_RECEIVER = auto()
    LEAD_HEAD = auto()
    COORDINATOR = auto()
    LEADER_IN_CHARGE = auto()
    DISCIPLINE = auto()
    PART_HEADS = auto()
    HANDLER = auto()


@dataclass(frozen=True)
class Step:
    """One row of the table. A target of None leaves the matter in its state."""

    name: str
    label: "StrPromise"
    sources: frozenset[State]
    target: State | None
    by: Permission
    fields: tuple[Field, ...] = ()
    when: tuple[Condition, ...] = ()
    clock: ClockEffect = ClockEffect.NOTHING
    tells: tuple[Audience, ...] = ()
    # Shown to the speaker among the steps of the matter; where told, its words too.
    public: bool = False
    past: "StrPromise | str" = ""
    told: bool = False


# Asked by most steps that somebody has to justify.
REASON = Field("reason", _("理由"))
