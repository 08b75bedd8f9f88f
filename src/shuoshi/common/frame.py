"""
Say what the frames around a page need, as plain values.

A context processor puts one ``Frame`` under the name ``frame`` into every
template. Addresses are strings that somebody else has reversed, so that the
frames know no room. An empty address leaves its link out: a person who may
not register sees no button.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class ClockFace:
    """
    Show a running deadline.

    ``colour`` is one of calm, notice, amber, red, critical, overdue, paused,
    stopped; ``left`` is already a phrase ("还剩2个工作日").
    """

    colour: str
    due: datetime | date | None = None
    left: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class Link:
    """A place to go to, with the number that waits there for this person."""

    label: str
    url: str
    icon: str = ""
    waiting: int = 0
    current: bool = False
    # The keys that lead there, for instance "g w".
    keys: str = ""


@dataclass(frozen=True)
class OnDuty:
    """Who receives today."""

    name: str
    unit: str = ""


@dataclass(frozen=True)
class DueSoon:
    """One matter in the list of what falls due."""

    title: str
    url: str
    number: str = ""
    clock: ClockFace | None = None


@dataclass(frozen=True)
class Stop:
    """One stop on the line of steps; ``state`` is done, now or later."""

    label: str
    state: str = "later"
    at: datetime | date | None = None
    note: str = ""


@dataclass(frozen=True)
class Happening:
    """One entry of a timeline: who did what when, and their words if any."""

    at: datetime
    what: str
    who: str = ""
    words: str = ""
    files: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Frame:
    """
    Hold everything around the page itself.

    Someone who is not signed in has ``person_name`` empty; only
    ``room_name`` and ``home_url`` are then read.
    """

    room_name: str = ""
    home_url: str = "/"
    person_name: str = ""
    post_title: str = ""
    today: date | None = None
    # 接事 择事 议事 办事 回复
    zones: tuple[Link, ...] = ()
    # 工作台 台账 统计 …
    places: tuple[Link, ...] = ()
    register_url: str = ""
    search_url: str = ""
    inbox_url: str = ""
    unread: int = 0
    duty_today: tuple[OnDuty, ...] = ()
    duty_url: str = ""
    due_soon: tuple[DueSoon, ...] = ()
    # More links for the person's menu, above password and sign out.
    menu: tuple[Link, ...] = field(default=())
