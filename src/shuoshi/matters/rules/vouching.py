"""Let an event vouch for the row of its matter: a changed column is found and named."""

import hashlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from shuoshi.common.canonical import canonical


if TYPE_CHECKING:
    from collections.abc import Iterable

    from shuoshi.common.sealing import Box
    from shuoshi.matters.models import Claim, Matter

ROW, CLAIMS, DIGEST = "row", "claims_digest", "digest"
VOUCHERS: Final = frozenset({ROW, CLAIMS})
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
)
SHORT: Final = 8
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


def vouch_for_row(matter: "Matter") -> str:
    """Return a short digest of each column, so that the one that was changed is known."""
    return "".join(_short(getattr(matter, column)) for column in COLUMNS)


def changed_columns(matter: "Matter", vouched: str) -> list[str]:
    """Return the columns that are not what the event vouches for."""
    now = vouch_for_row(matter)
    if len(now) != len(vouched):
        return [ROW]
    return [
        column
        for place, column in enumerate(COLUMNS)
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
