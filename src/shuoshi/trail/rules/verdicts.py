"""Judge a history: which is the first event that was touched?"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from shuoshi.trail.rules.chain import Head, HeadLike, Linked, event_hash, follows


@dataclass(frozen=True)
class Bad:
    """The first event of a history that was touched."""

    about: str
    seq: int | None
    event: int | None
    why: str

    def as_dict(self) -> dict[str, Any]:
        """Return it for the console's JSON."""
        return asdict(self)


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


@dataclass(frozen=True)
class Illegible:
    """A row that is not, or not to the byte, what was once written."""

    pk: int
    about: str
    seq: int | None = None


def judge(
    head: HeadLike | None, chain: Iterable[Kept | Illegible], *, endless: bool
) -> Bad | None:
    """
    Return the first bad event of one chain.

    `endless` chains have nobody who remembers their head; any other chain without
    one should not be there.
    """
    last: Kept | None = None
    for event in chain:
        if isinstance(event, Illegible):
            return Bad(event.about, event.seq, event.pk, "changed")
        bad = _bad(event, last)
        if bad:
            return bad
        if not endless and event.seq > (head.seq if head else 0):
            return _named(event, "extra")
        last = event
    return _tail(head, last) if head else None


def _bad(event: Kept, last: Kept | None) -> Bad | None:
    if not _is_whole(event):
        return _named(event, "changed")
    before = last or Head(event.about)
    if event.seq != before.seq + 1:
        return Bad(str(event.about), before.seq + 1, None, "missing")
    # A whole event vouches against the one before it.
    return None if follows(event, before) else _named(last or event, "changed")


def _is_whole(event: Kept) -> bool:
    try:
        return event_hash(event) == event.hash
    except (TypeError, ValueError):
        return False


def _tail(head: HeadLike, last: Kept | None) -> Bad | None:
    seq = last.seq if last else 0
    if seq < head.seq:
        return Bad(str(head.about), seq + 1, None, "missing")
    if last and last.hash != head.hash:
        return _named(last, "changed")
    return None


def _named(event: Kept, why: str) -> Bad:
    return Bad(str(event.about), event.seq, event.pk, why)
