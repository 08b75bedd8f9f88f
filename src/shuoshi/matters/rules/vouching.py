"""Let an event vouch for the row of its matter: a changed column is found and named."""

import hashlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from shuoshi.common.canonical import canonical


if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shuoshi.common.sealing import Box
    from shuoshi.matters.models import Claim, Matter

ROW, CLAIMS, DIGEST = "row", "claims_digest", "digest"
HANGING = "hanging"
VOUCHERS: Final = frozenset({ROW, CLAIMS, HANGING})
# What only a step changes. Words are left out: they may be sealed or erased, and are
# vouched for under the matter's own key.
COLUMNS: Final = (
    "mine_id",
    "number",
    "year",
    "serial",
    "state",
    "channel",
    "identity",
    "request_type",
    "petition_class",
    "category_id",
    "level",
    "received_at",
    "received_on",
    "first_receiver_id",
    "responsible_id",
    "lead_unit_id",
    "handler_id",
    "convener_id",
    "answer_due_at",
    "due_at",
    "answered_at",
    "ended_at",
    "sealed",
    "ground",
    "merged_into_id",
    "returns",
    "reopened",
    "extensions",
    # From here on younger: events from before say nothing of them.
    "unit_id",
    "place",
    "ask_until",
    "reviews",
)
FIRST_COLUMNS: Final = 28
SHORT: Final = 8
# Of what could be tried until it fits, such as the moment of a grant.
LONG: Final = 32
CLAIM: Final = (
    "text",
    "facts",
    "basis",
    "outcome",
    "solved",
    "speaker_solved",
    "grade",
    "comment",
)


# What hangs on a matter and only a step changes, words left out as above.
HANGS: Final = {
    "objects_named": ("person_id", "unit_id", "recused"),
    "releases": (
        "to_id", "asked_by_id", "asked_at", "until", "granted_by_id", "decided_at",
    ),
    "parts": ("unit_id", "kind", "due_at", "done_at", "done_by_id", "dissents"),
    "orders": ("kind", "by_id", "seq", "given_at", "finish_on"),
    "letters": ("kind", "year", "serial", "issued_at"),
    "clock": ("at", "kind", "amount", "unit", "key", "version", "due_at"),
}  # fmt: skip
RECEIPT, SPEAKER, NAMES = "receipt", "speaker", "names_objects"


def vouch_for_hanging(
    matter: "Matter", rows: "Mapping[str, Iterable[Any]]", *, has_speaker: bool
) -> dict[str, str]:
    """
    Return a short digest for each kind of what hangs on a matter, in no order of theirs.

    That of the receipt bears the mark of the key it was hashed by: under another one it is
    hashed anew, and cannot be compared.
    """
    told = {
        kind: _short_of(sorted(_told(row, columns) for row in rows[kind]))
        for kind, columns in HANGS.items()
    }
    kept = matter.receipt_digest or ""
    mark = kept.partition(".")[0] if "." in kept else ""
    return told | {
        RECEIPT: f"{mark}:{_short(kept)}",
        SPEAKER: _short(has_speaker),
        NAMES: _short(matter.names_objects),
    }


def changed_hanging(
    now: "Mapping[str, str]", vouched: "Mapping[str, str]"
) -> list[str]:
    """Return the kinds that are not what the event vouches for."""
    wrong = [
        kind for kind in (NAMES, *HANGS, SPEAKER) if now[kind] != vouched.get(kind)
    ]
    was, _colon, _rest = vouched.get(RECEIPT, "").partition(":")
    mark, _colon, _rest = now[RECEIPT].partition(":")
    if was == mark and now[RECEIPT] != vouched.get(RECEIPT):
        wrong.append(RECEIPT)
    return wrong


def _told(row: Any, columns: tuple[str, ...]) -> str:
    return canonical([_plain(getattr(row, column)) for column in columns]).decode()


def _short_of(told: list[str]) -> str:
    return hashlib.sha256(canonical(told)).hexdigest()[:LONG]


def vouch_for_row(matter: "Matter") -> str:
    """Return a short digest of each column, so that the one that was changed is known."""
    return "".join(_short(getattr(matter, column)) for column in COLUMNS)


def changed_columns(matter: "Matter", vouched: str) -> list[str]:
    """
    Return the columns that are not what the event vouches for.

    An event vouches for as many as there were when it was written, and no fewer than ever.
    """
    now = vouch_for_row(matter)
    told, rest = divmod(len(vouched), SHORT)
    if rest or not FIRST_COLUMNS <= told <= len(COLUMNS):
        return [ROW]
    return [
        column
        for place, column in enumerate(COLUMNS[:told])
        if now[place * SHORT :][:SHORT] != vouched[place * SHORT :][:SHORT]
    ]


def vouch_for_claims(box: "Box", claims: "Iterable[Claim]") -> str:
    """Return a digest of claims and answers that only the matter's key can compute."""
    told = [
        [claim.place, *(_plain(getattr(claim, name)) for name in CLAIM)]
        for claim in sorted(claims, key=lambda claim: claim.place)
    ]
    return box.digest(canonical(told).decode())


def _short(value: Any) -> str:
    return hashlib.sha256(canonical([_plain(value)])).hexdigest()[:SHORT]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
