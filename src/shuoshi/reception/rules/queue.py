"""Who is called next, and what becomes of a number. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


# So many on the wall behind the one that is called.
AHEAD_SHOWN: Final = 3


class TicketState(TextChoices):
    """What becomes of a number."""

    WAITING = "WAITING", _("等着")
    CALLED = "CALLED", _("叫到了")
    TALKING = "TALKING", _("在谈")
    DONE = "DONE", _("谈完了")
    MISSED = "MISSED", _("没来")


OPEN: Final = (TicketState.WAITING, TicketState.CALLED, TicketState.TALKING)


@dataclass(frozen=True)
class Waiting:
    """A number that waits: its turn, and the time that was booked if one was."""

    pk: int
    turn: int
    starts_at: time | None = None


def in_order(waiting: Iterable[Waiting], *, at: time) -> list[Waiting]:
    """
    Return who comes when: first whose booked time has come, then in turn.

    Whoever booked and came early waits in turn like all others until their time comes.
    """

    def place(one: Waiting) -> tuple[bool, time, int]:
        due = one.starts_at is not None and one.starts_at <= at
        return (not due, one.starts_at if due and one.starts_at else time(), one.turn)

    return sorted(waiting, key=place)
