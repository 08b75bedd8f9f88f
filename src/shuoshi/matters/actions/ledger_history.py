"""The history of a matter that was lived through on paper."""

from datetime import datetime
from typing import Any

from shuoshi.common.sealing import Box
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.ledger_codes import GRADES
from shuoshi.matters.rules.ledger_rows import LedgerRow
from shuoshi.matters.rules.states import State
from shuoshi.trail.actions import linked
from shuoshi.trail.models import Event
from shuoshi.trail.rules.chain import Head, HeadLike


def history_of(
    row: LedgerRow, matter: Matter, box: Box, *, by: str, now: datetime, serial: int
) -> list[Event]:
    """
    Return the chained events of an imported matter, not yet saved.

    Each stands at the moment that the ledger gives; that it was entered only now, and by
    which import, is said in every one of them.
    """
    history = _History(
        matter, box, by=by, imported={"at": now.isoformat(), "serial": serial}
    )
    history.add(
        "register",
        matter.received_at,
        {
            "to": str(State.RECEIVED),
            "number": matter.number,
            "channel": str(matter.channel),
            "identity": str(matter.identity),
            "due": matter.due_at.isoformat() if matter.due_at else None,
            "responsible": matter.responsible_id,
            "digest": box.digest(matter.text),
            "source": {"number": row.number, "row": row.row},
        },
    )
    if not row.finished:
        _note_progress(row, history, now)
        return history.events
    ended_at = matter.ended_at or now
    history.add(
        "answer",
        ended_at,
        {
            "from": str(State.RECEIVED),
            "to": str(State.ANSWERED),
            "digest": box.digest(f"{row.reply}\n"),
        },
    )
    if row.grade is not None:
        history.add("rate", ended_at, {"grades": {"1": str(GRADES[row.grade])}})
    history.add(
        "close", ended_at, {"from": str(State.ANSWERED), "to": str(State.CLOSED)}
    )
    return history.events


def _note_progress(row: LedgerRow, history: "_History", now: datetime) -> None:
    """Keep what had been done so far; it is no answer yet."""
    if words := "\n".join(filter(None, [row.reply, *row.remarks])):
        history.add("add_note", now, {}, words)


class _History:
    """Events in a row, each linked to the one before."""

    def __init__(
        self, matter: Matter, box: Box, *, by: str, imported: dict[str, Any]
    ) -> None:
        self.matter, self.box, self.by, self.imported = matter, box, by, imported
        self.head: HeadLike = Head(matter.uid)
        self.events: list[Event] = []

    def add(
        self, verb: str, at: datetime, detail: dict[str, Any], words: str = ""
    ) -> None:
        place = f"event:{self.head.seq + 1}"
        event = linked(
            self.head,
            mine_id=self.matter.mine_id,
            verb=verb,
            by=self.by,
            at=at,
            detail={**detail, "imported": self.imported},
            words=self.box.seal(words, place) if words else "",
        )
        self.events.append(event)
        self.head = event
