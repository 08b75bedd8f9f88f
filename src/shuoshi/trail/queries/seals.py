"""Read the daily seals, prove a matter against them, prove them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from shuoshi.trail.models import Event, Seal
from shuoshi.trail.rules.chain import FIRST
from shuoshi.trail.rules.merkle import Tree, inclusion_proof, proves
from shuoshi.trail.rules.seals import seal_hash


PAGE: Final = 5000


@dataclass(frozen=True)
class Proof:
    """That a history, up to one event, lies under the seal of a day."""

    day: date
    seal: str
    root: str
    leaves: int
    index: int
    seq: int
    leaf: str
    path: list[str]

    def holds(self) -> bool:
        """Tell whether the path leads from the event to the root."""
        return proves(
            bytes.fromhex(self.leaf),
            index=self.index,
            leaves=self.leaves,
            path=[bytes.fromhex(step) for step in self.path],
            root=bytes.fromhex(self.root),
        )


@dataclass(frozen=True)
class SealVerdict:
    """How many seals were proved, and the first that is bad."""

    seals: int
    first_bad: dict[str, str] | None = None


def latest_seal() -> Seal | None:
    """Return the seal that the next one follows."""
    return Seal.objects.order_by("-id").first()


def settled_id() -> int:
    """Return the id of the last event, when none before it can still appear."""
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            # An id is taken before it is committed. Wait for those under way; give up
            # rather than hold everybody else behind a very long transaction.
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '5s'")
                cursor.execute(f"LOCK TABLE {Event._meta.db_table} IN SHARE MODE")
        last: int | None = Event.objects.aggregate(last=Max("id"))["last"]
    return last or 0


def leaves_between(after_id: int, last_id: int) -> Iterator[bytes]:
    """Read the leaves of a seal in order, page by page."""
    while True:
        page = list(
            Event.objects.filter(id__gt=after_id, id__lte=last_id)
            .order_by("id")
            .values_list("id", "hash")[:PAGE]
        )
        for _id, event_hash in page:
            yield _leaf(event_hash)
        if len(page) < PAGE:
            return
        after_id = page[-1][0]


def _leaf(event_hash: str) -> bytes:
    return bytes.fromhex(event_hash)


def proof_for(about: UUID) -> Proof | None:
    """Return the proof of a history as its latest seal saw it; None before the first."""
    latest = latest_seal()
    if latest is None:
        return None
    event = (
        Event.objects.filter(about=about, id__lte=latest.last_id)
        .order_by("-seq")
        .first()
    )
    if event is None:
        return None
    seal = Seal.objects.get(after_id__lt=event.pk, last_id__gte=event.pk)
    index = Event.objects.filter(id__gt=seal.after_id, id__lt=event.pk).count()
    path = inclusion_proof(leaves_between(seal.after_id, seal.last_id), index)
    return Proof(
        day=seal.day,
        seal=seal.hash,
        root=seal.root,
        leaves=seal.leaves,
        index=index,
        seq=event.seq,
        leaf=event.hash,
        path=[step.hex() for step in path],
    )


def verify_seals() -> SealVerdict:
    """Compute every seal again and name the first that does not agree."""
    after_id, prev_hash, seals = 0, FIRST, 0
    for seal in Seal.objects.order_by("id").iterator():
        why = _wrong(seal, after_id, prev_hash)
        if why:
            return SealVerdict(seals, {"day": seal.day.isoformat(), "why": why})
        after_id, prev_hash, seals = seal.last_id, seal.hash, seals + 1
    return SealVerdict(seals)


def _wrong(seal: Seal, after_id: int, prev_hash: str) -> str | None:
    if seal_hash(seal) != seal.hash:
        return "changed"
    if (seal.after_id, seal.prev_hash) != (after_id, prev_hash):
        return "missing"
    tree = Tree()
    try:
        for leaf in leaves_between(seal.after_id, seal.last_id):
            tree.add(leaf)
    except ValueError:
        return "events"
    same = (tree.leaves, tree.root().hex()) == (seal.leaves, seal.root)
    return None if same else "events"
