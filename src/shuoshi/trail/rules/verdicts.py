"""Judge a history: which is the first event that was touched?"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Protocol
from uuid import UUID

from shuoshi.trail.rules.chain import (
    FIRST,
    Head,
    HeadLike,
    Linked,
    event_hash,
    follows,
)
from shuoshi.trail.rules.notes import says_the_same


HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Bad:
    """The first event of a history that was touched."""

    about: str
    seq: int | None
    event: int | None
    why: str
    # The events are whole: only the end that is remembered tells of another one.
    by_end: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return it for the console's JSON."""
        told = asdict(self)
        del told["by_end"]
        return told


@dataclass(frozen=True)
class Verdict:
    """How much was proved, and the first event that is bad."""

    chains: int
    events: int
    first_bad: Bad | None

    @property
    def ok(self) -> bool:
        return self.first_bad is None


class Kept(Linked, Protocol):
    """An event as the database keeps it."""

    @property
    def pk(self) -> int: ...
    @property
    def thing(self) -> UUID | None: ...


@dataclass(frozen=True)
class Illegible:
    """A row that is not, or not to the byte, what was once written."""

    pk: int
    about: str
    seq: int | None = None


def judge(
    head: HeadLike | None, chain: Iterable[Kept | Illegible], *, endless: bool = False
) -> Bad | None:
    """
    Return the first bad event of one chain.

    Somebody must remember its end, but where it is `endless`: where no end can be read.
    """
    last: Kept | None = None
    beyond: Kept | None = None
    for event in chain:
        if isinstance(event, Illegible):
            return Bad(event.about, event.seq, event.pk, "changed")
        bad = _bad(event, last)
        if bad:
            return bad
        if head is None and not endless:
            return _named(event, "ownerless")
        if head and event.seq == head.seq + 1:
            beyond = event
        last = event
    return _tail(head, last, beyond) if head else None


def _bad(event: Kept, last: Kept | None) -> Bad | None:
    if not is_whole(event):
        return _named(event, "changed")
    before = last or Head(event.about)
    if event.seq <= before.seq:
        return _named(event, "doubled")
    if event.seq != before.seq + 1:
        return Bad(str(event.about), before.seq + 1, None, "missing")
    # A whole event vouches against the one before it.
    return None if follows(event, before) else _named(last or event, "changed")


def is_whole(event: Kept) -> bool:
    """Tell whether an event is what its hash was made of."""
    try:
        return event_hash(event) == event.hash and says_the_same(
            event.thing, event.verb, event.detail
        )
    except (TypeError, ValueError):
        return False


def _tail(head: HeadLike, last: Kept | None, beyond: Kept | None) -> Bad | None:
    """
    Hold the last event against the end that its thing remembers.

    Where one of number and hash agrees, or the event is whole but another, it is what
    is remembered that may have been touched: that is said, and the event beside it.
    """
    seq, hash_ = (last.seq, last.hash) if last else (0, FIRST)
    if (seq, hash_) == (head.seq, head.hash):
        return None
    if hash_ == head.hash or seq == head.seq or not HASH.fullmatch(head.hash):
        return _named(last, "head") if last else Bad(str(head.about), 0, None, "head")
    if beyond is None:
        return Bad(str(head.about), seq + 1, None, "missing", by_end=True)
    return replace(_named(beyond, "extra"), by_end=True)


def _named(event: Kept, why: str) -> Bad:
    return Bad(str(event.about), event.seq, event.pk, why)
