"""A matter's life as its speaker is told it: a few plain steps. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shuoshi.common.frame import Stop
from shuoshi.matters.rules.states import State


if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Mark(StrEnum):
    """The stops on the speaker's line."""

    RECEIVED = auto()
    SORTED = auto()
    HANDLED = auto()
    ANSWERED = auto()
    ENDED = auto()


@dataclass(frozen=True)
class _Words:
    """What a stop is called before, while and after it is the present one."""

    later: "StrPromise"
    now: "StrPromise"
    done: "StrPromise"


WORDS = {
    Mark.RECEIVED: _Words(_("接事"), _("已接事"), _("已接事")),
    Mark.SORTED: _Words(_("分办"), _("正在分办"), _("已分办")),
    Mark.HANDLED: _Words(_("部门办理"), _("部门在办"), _("部门已办")),
    Mark.ANSWERED: _Words(_("回复"), _("已回复"), _("已回复")),
    Mark.ENDED: _Words(_("办结"), _("已办结"), _("已办结")),
}
PRESENT = {
    State.RECEIVED: Mark.SORTED,
    State.TRIAGED: Mark.SORTED,
    State.DELIBERATING: Mark.HANDLED,
    State.HANDLING: Mark.HANDLED,
    State.ANSWERED: Mark.ANSWERED,
    State.CLOSED: Mark.ENDED,
}
TRODDEN = (Mark.RECEIVED, Mark.SORTED, Mark.HANDLED, Mark.ANSWERED)
# Which stop a step reaches; and which it makes open again.
REACHES = {
    "register": Mark.RECEIVED,
    "triage": Mark.SORTED,
    "accept": Mark.HANDLED,
    "conclude": Mark.HANDLED,
    "solve_on_spot": Mark.ANSWERED,
    "answer": Mark.ANSWERED,
    "close": Mark.ENDED,
    "uphold": Mark.ENDED,
}
REOPENS = {
    "send_back": (Mark.SORTED,),
    "reopen": (Mark.ANSWERED,),
    "overturn": (Mark.SORTED, Mark.HANDLED, Mark.ANSWERED, Mark.ENDED),
}


def stops_of(
    state: State, reached: Mapping[Mark, datetime], *, note: str = ""
) -> list[Stop]:
    """
    Return the line of steps, with the days on which they were reached.

    An end of its own kind (not taken on, merged, withdrawn, handed over) stands as the
    last stop after what was reached; so does a review. ``note`` goes to the present one.
    """
    present = PRESENT.get(state)
    if present is None:
        behind = [mark for mark in TRODDEN if mark in reached]
        return [
            *(_done(mark, reached) for mark in behind),
            Stop(str(state.label), "now", note=note),
        ]
    here = list(Mark).index(present)
    # Solved on the spot, it never went through the units.
    behind = [mark for mark in list(Mark)[:here] if mark in reached]
    now = Stop(str(WORDS[present].now), "now", at=reached.get(present), note=note)
    if present is Mark.ENDED:
        now = Stop(now.label, "done", at=now.at, note=note)
    return [
        *(_done(mark, reached) for mark in behind),
        now,
        *(Stop(str(WORDS[mark].later)) for mark in list(Mark)[here + 1 :]),
    ]


def _done(mark: Mark, reached: Mapping[Mark, datetime]) -> Stop:
    return Stop(str(WORDS[mark].done), "done", at=reached.get(mark))
