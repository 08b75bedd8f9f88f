"""Read the daily seals, prove a matter against them, prove them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from shuoshi.trail.models import Event, Seal
from shuoshi.trail.queries.rows import UNREADABLE
from shuoshi.trail.rules.actors import chain_of
from shuoshi.trail.rules.chain import FIRST, Head
from shuoshi.trail.rules.merkle import Tree, inclusion_proof, proves
from shuoshi.trail.rules.notes import CLOCK, SEALED
from shuoshi.trail.rules.seals import FIELDS, fields_of, seal_hash
from shuoshi.trail.rules.verdicts import judge


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
class Printed:
    """A seal as it stands on paper: at least its first sixteen digits."""

    day: date
    hash: str


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


def seal_of(proof: Proof) -> dict[str, Any]:
    """Return all that the hash of a proof's seal is made of, as it is hashed."""
    seal = Seal.objects.get(day=proof.day)
    return dict(zip(FIELDS, fields_of(seal), strict=True)) | {"hash": seal.hash}


def head_agrees(about: UUID, proof: Proof) -> bool:
    """Tell whether a history, up to the sealed event, is whole and ends in that event."""
    events = Event.objects.filter(about=about, seq__lte=proof.seq).order_by("seq")
    return judge(Head(about, proof.seq, proof.leaf), events) is None


def unsealed_before(moment: datetime) -> int:
    """Return how many events from before a moment lie under no seal."""
    latest = latest_seal()
    after = latest.last_id if latest else 0
    return Event.objects.filter(pk__gt=after, at__lt=moment).count()


def lies_under_seal(event_id: int) -> bool:
    """Tell whether an event lies under a seal that agrees with what it covers."""
    seal = Seal.objects.filter(after_id__lt=event_id, last_id__gte=event_id).first()
    return seal is not None and _wrong(seal, seal.after_id, seal.prev_hash) is None


def verify_seals(printed: Printed | None = None) -> SealVerdict:
    """
    Compute every seal again and name the first that does not agree.

    Each must be the one that the record remembers, and ``printed`` the one on paper.
    """
    after_id, prev_hash, seals = 0, FIRST, 0
    remembered = _remembered()
    for pk in _ids_in_order():
        # Of one that cannot be read the record tells which is still to come.
        day: str = min(remembered, default="")
        why: str | None = "changed"
        with suppress(Seal.DoesNotExist, *UNREADABLE):
            seal = Seal.objects.get(pk=pk)
            day, why = seal.day.isoformat(), _wrong(seal, after_id, prev_hash)
            after_id, prev_hash = seal.last_id, seal.hash
            if not why and remembered.pop(day, seal.hash) != seal.hash:
                why = "changed"
        if why:
            return SealVerdict(seals, {"day": day, "why": why})
        seals += 1
    if remembered:
        return SealVerdict(seals, {"day": min(remembered), "why": "missing"})
    if printed and not _stands(printed):
        return SealVerdict(seals, {"day": printed.day.isoformat(), "why": "printed"})
    return SealVerdict(seals)


def _ids_in_order() -> list[int]:
    """Return the ids of all seals; one that is nobody's where they cannot be read."""
    try:
        return list(Seal.objects.order_by("id").values_list("pk", flat=True))
    except UNREADABLE:
        return [0]


def _remembered() -> dict[str, str]:
    """Return the seals that the record says were made, by day."""
    notes = Event.objects.filter(about=chain_of(CLOCK), verb=SEALED)
    details = notes.values_list("detail", flat=True).iterator()
    return {str(told["day"]): str(told["seal"]) for told in details}


def _stands(printed: Printed) -> bool:
    seals = Seal.objects.filter(day=printed.day).values_list("hash", flat=True)
    return any(seal.startswith(printed.hash) for seal in seals)


def ids_around(since: date | None, until: date | None) -> tuple[int, int | None]:
    """
    Return ids that everything recorded on these days lies behind, and up to.

    Told by the seals: a day's events lie under its seal, but for a few of its first
    minutes under the one before.
    """
    after, upto = 0, None
    if since:
        before = Seal.objects.filter(day__lt=since - timedelta(days=1))
        after = before.order_by("-day").values_list("last_id", flat=True).first() or 0
    if until:
        behind = Seal.objects.filter(day__gte=until).order_by("day")
        upto = behind.values_list("last_id", flat=True).first()
    return after, upto


def seal_before(day: date) -> Seal | None:
    """Return the latest seal of a day before this one: what its duty sheet bears."""
    return Seal.objects.filter(day__lt=day).order_by("-day").first()


def seals_back(*, before: date | None = None, most: int = 31) -> list[Seal]:
    """Return the latest seals, the newest first."""
    seals = Seal.objects.order_by("-day")
    return list((seals.filter(day__lt=before) if before else seals)[:most])


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
