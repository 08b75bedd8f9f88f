"""Lay a matter out on one sheet, as far as the reader may read it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from shuoshi.common.frame import ClockFace, Happening, Link, Stop
from shuoshi.common.sealing import Box, SealBroken, SealErased, open_box
from shuoshi.matters.queries.acquainted import told_of_seen
from shuoshi.matters.queries.claims import readable_claims
from shuoshi.matters.queries.lines import SEALED_TITLE, title_of_line
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.queries.stops import stops_of
from shuoshi.matters.queries.timeline import History, history_of
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.rules.states import Identity


if TYPE_CHECKING:
    from shuoshi.matters.models import Claim, Letter, Matter, Order, Part
    from shuoshi.matters.queries.faces import Faces
    from shuoshi.org.rules.standing import Standing


@dataclass(frozen=True)
class ClaimShown:
    """A claim with its answer and rating; the text may have come out of the seal."""

    claim: "Claim"
    text: str


@dataclass(frozen=True)
class OrderShown:
    """What a leader wants done, with the words from the record."""

    order: "Order"
    words: str


@dataclass(frozen=True)
class PartShown:
    """What a unit beside the lead has to do, and by when."""

    part: "Part"
    clock: ClockFace | None


@dataclass(frozen=True)
class SpeakerShown:
    """Who raised the matter."""

    name: str
    contact: str


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet of one matter for one reader."""

    matter: "Matter"
    title: str
    clock: ClockFace
    readable: bool
    text: str = ""
    claims: list[ClaimShown] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    orders: list[OrderShown] = field(default_factory=list)
    parts: list[PartShown] = field(default_factory=list)
    letters: "list[Letter]" = field(default_factory=list)
    related: "list[Matter]" = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    # Who had opened it before it was kept from them.
    seen: list[str] = field(default_factory=list)
    files: list[Link] = field(default_factory=list)
    may_see_speaker: bool = False
    speaker: SpeakerShown | None = None
    answer_due_at: datetime | None = None

    @property
    def has_claims_to_show(self) -> bool:
        """False where the only claim says what the text says, and nobody answered it."""
        if self.matter.is_open or len(self.claims) > 1:
            return True
        return any(one.text != self.text or one.claim.outcome for one in self.claims)

    @property
    def speaker_is_guarded(self) -> bool:
        """True where every look at the speaker goes on record first."""
        return is_guarded(self.matter)


def is_guarded(matter: "Matter") -> bool:
    return matter.sealed or matter.identity == Identity.CONFIDENTIAL


def sheet_of(person: "Standing", matter: "Matter", faces: "Faces") -> Sheet:
    """Return the sheet; who may see but not read gets a receipt with dates alone."""
    readable = gate.may(person, Permission.READ, matter)
    if not readable:
        return receipt_sheet(matter, faces)
    history = history_of(matter)
    may_see_speaker = gate.may(person, Permission.SEE_SPEAKER, matter)
    return Sheet(
        matter,
        _title(matter),
        faces.of(matter),
        readable=True,
        text=_text(matter),
        claims=_claims(matter),
        stops=stops_of(matter, history.events),
        happenings=history.happenings(),
        orders=_orders(matter, history),
        parts=_parts(matter, faces),
        letters=list(matter.letters.order_by("issued_at", "pk")),
        related=_related(person, matter),
        objects=_objects(person, matter),
        seen=_seen(person, matter, history),
        files=list(history.files.values()),
        may_see_speaker=may_see_speaker,
        speaker=speaker_of_sheet(matter)
        if may_see_speaker and not is_guarded(matter)
        else None,
        answer_due_at=matter.answer_due_at,
    )


def receipt_sheet(matter: "Matter", faces: "Faces") -> Sheet:
    """Return what is told of a matter that one does not read: its dates alone."""
    return Sheet(matter, str(SEALED_TITLE), faces.of(matter), readable=False)


def speaker_of_sheet(matter: "Matter") -> SpeakerShown | None:
    """Return who raised the matter; the caller has asked the gate, and put it on record."""
    speaker = getattr(matter, "speaker", None)
    if speaker is None:
        return None
    try:
        box = open_box(f"speaker:{matter.uid}", speaker.key)
        return SpeakerShown(
            box.open(speaker.name, "name") if speaker.name else "",
            box.open(speaker.contact, "contact") if speaker.contact else "",
        )
    except SealBroken as broken:
        return SpeakerShown(broken.message, "")


def _title(matter: "Matter") -> str:
    # What was erased has neither title nor key any more.
    return title_of_line(matter) if matter.key else SealErased().message


def _text(matter: "Matter") -> str:
    return (
        _unsealed(matter, matter.sealed_text, "text") if matter.sealed else matter.text
    )


def _claims(matter: "Matter") -> list[ClaimShown]:
    return [ClaimShown(claim, claim.text) for claim in readable_claims(matter)]


def _unsealed(matter: "Matter", token: str, about: str) -> str:
    try:
        box: Box = open_box(matter.uid, matter.key)
        return box.open(token, about)
    except SealBroken as broken:
        return broken.message


def _orders(matter: "Matter", history: History) -> list[OrderShown]:
    orders = sorted(matter.orders.all(), key=lambda order: order.seq)
    return [OrderShown(order, history.words_at(order.seq)) for order in orders]


def _parts(matter: "Matter", faces: "Faces") -> list[PartShown]:
    parts = sorted(matter.parts.all(), key=lambda part: part.pk)
    return [PartShown(part, _part_clock(part, matter, faces)) for part in parts]


def _part_clock(part: "Part", matter: "Matter", faces: "Faces") -> ClockFace | None:
    if part.due_at is None or part.done_at is not None:
        return None
    return faces.until(part.due_at, since=matter.due_from)


def _related(person: "Standing", matter: "Matter") -> "list[Matter]":
    """Return what was merged with it, as far as the reader may see that too."""
    linked = Q(merged_into=matter)
    if matter.merged_into_id:
        linked |= Q(pk=matter.merged_into_id)
    return list(matters_seen_by(person).filter(linked).order_by("pk")[:50])


def _knows_objects(person: "Standing", matter: "Matter") -> bool:
    """True for those who route it or hold its seal."""
    return matter.names_objects and (
        matter.sealed or gate.may(person, Permission.RECEIVE, matter)
    )


def _objects(person: "Standing", matter: "Matter") -> list[str]:
    if not _knows_objects(person, matter):
        return []
    named = matter.objects_named.select_related("person", "unit").order_by("pk")
    return [
        _("还不知道说的是谁，由纪委写明")
        if one.is_unknown
        else str(one.person or one.unit)
        for one in named
    ]


def _seen(person: "Standing", matter: "Matter", history: History) -> list[str]:
    return told_of_seen(history.events) if _knows_objects(person, matter) else []
