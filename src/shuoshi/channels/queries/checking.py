"""What speakers are told to check their own matter: who read it, and its proof."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from shuoshi.org.queries.readers import Reader, readers_of
from shuoshi.trail.queries import Proof, head_agrees, proof_for, seal_of


if TYPE_CHECKING:
    from datetime import date

    from shuoshi.matters.models import Matter

FIELDS = {
    "speaker": _("您的姓名和联系方式"),
    "text": _("您说的内容"),
    "file": _("您交的材料"),
}
REASONS = {
    "sheet": _("办理这件事时打开"),
    "api": _("用程序接口打开"),
    "letter": _("出具告知书"),
    "export": _("导出台账"),
    "download": _("下载"),
}


@dataclass(frozen=True)
class ReaderTold:
    """One line for the speaker; nobody is named but the first receiver."""

    day: "date"
    who: str
    what: str
    why: str
    times: int


@dataclass(frozen=True)
class Checked:
    """Whether the matter's own history stands under the seal of a day."""

    readers: list[ReaderTold]
    proof: Proof | None
    agrees: bool
    groups: list[str]
    since: int


def check_of(matter: "Matter") -> Checked:
    """Return who read the matter, and whether it agrees with the seal on paper."""
    proof = proof_for(matter.uid)
    return Checked(
        readers=[_told(matter, reader) for reader in readers_of(matter.uid)],
        proof=proof,
        agrees=proof is not None and proof.holds() and head_agrees(matter.uid, proof),
        groups=grouped(proof.seal) if proof else [],
        since=matter.version - proof.seq if proof else 0,
    )


def grouped(digits: str) -> list[str]:
    """Return a hash as it is printed, four digits at a time."""
    return [digits[place : place + 4] for place in range(0, len(digits), 4)]


def paper_of(matter: "Matter") -> dict[str, Any] | None:
    """Return what a speaker takes home to check without us; None before the first seal."""
    proof = proof_for(matter.uid)
    if proof is None:
        return None
    seal = seal_of(proof)
    return {
        "number": matter.number,
        "events": proof.seq,
        "leaf": proof.leaf,
        "index": proof.index,
        "path": proof.path,
        "seal": seal,
    }


def _told(matter: "Matter", reader: Reader) -> ReaderTold:
    who = " ".join(filter(None, [reader.unit, reader.post]))
    if reader.person_id == matter.first_receiver_id:
        name = getattr(matter.first_receiver, "name", "")
        who = str(_("首问人%(name)s")) % {"name": name}
    return ReaderTold(
        reader.day,
        who,
        str(FIELDS.get(reader.field, reader.field)),
        str(REASONS.get(reader.why, reader.why)),
        reader.times,
    )
