"""One change of one matter while it is being made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shuoshi.common.sealing import Box
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.clock import MineClock
from shuoshi.matters.rules.clock import Entry
from shuoshi.matters.rules.table import Audience, Step
from shuoshi.org.rules.standing import Standing


@dataclass
class Following:
    """A step that follows by itself, in the same transaction."""

    name: str
    by: Standing
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Change:
    """
    What a step is about to do. Effects fill it in; ``take_step`` writes it.

    ``matter`` is a fresh copy that effects may change through ``set``; only the columns
    named in ``sets`` are written.
    """

    matter: Matter
    step: Step
    by: Standing
    now: datetime
    given: Mapping[str, Any]
    box: Box
    clock: MineClock
    sets: dict[str, Any] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    entries: list[Entry] = field(default_factory=list)
    # Whom a step tells besides those in its row: told only where the case arises.
    tells: tuple[Audience, ...] = ()
    # The units that a step speaks to, where its row tells PART_HEADS.
    units: Sequence[int] = ()
    # When what the step starts must be done, if it is sooner than the total clock says.
    finish_by: datetime | None = None
    responsible: int | None = None
    then: list[Following] = field(default_factory=list)

    def set(self, **columns: Any) -> None:
        """Change columns of the matter."""
        for name, value in columns.items():
            setattr(self.matter, name, value)
        self.sets.update(columns)

    @property
    def person_id(self) -> int | None:
        return self.by.person_id


Effect = Callable[[Change], None]
EFFECTS: dict[str, Effect] = {}


def effect(name: str) -> Callable[[Effect], Effect]:
    """Declare what a step of the table does besides moving the state."""

    def declared(function: Effect) -> Effect:
        EFFECTS[name] = function
        return function

    return declared
