"""What else is told of the house's health, by the rooms that the clockwork cannot know."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final


Vital = Callable[[datetime], Mapping[str, str | int | None]]
VITALS: Final[list[Vital]] = []


def tell_health(vital: Vital) -> None:
    """Let ``/healthz`` tell this too; asked twice, it is told once."""
    if vital not in VITALS:
        VITALS.append(vital)


def told(now: datetime) -> dict[str, str | int | None]:
    """Return what all rooms tell. It makes nobody ill: it is for who watches over it."""
    return {name: value for vital in VITALS for name, value in vital(now).items()}
