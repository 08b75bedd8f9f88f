"""
Remember beside the backups what was erased, and erase it again after a restore.

A backup made before an erasure still holds the key of what was erased. The list names
things by their ids alone; each line carries a mark that only this installation can make,
so that nobody who can write there gets something erased.
"""

import hmac
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Final

from shuoshi.common.sealing import keyed_hash
from shuoshi.keys.actions.erasing import reapply_erasures
from shuoshi.keys.queries.erasures import erasures
from shuoshi.keys.rules.erasures import Erasure


LIST: Final = "erased.list"
BACKUP: Final = "backup"


def note_erasures(folder: Path) -> int:
    """Add what was erased since to the list beside the backups; return how many."""
    known = set(_noted(folder))
    new = [one for one in dict.fromkeys(erasures()) if one not in known]
    if new:
        handle = os.open(folder / LIST, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as opened:
            # On a line of its own, even behind one that a full disk cut short.
            opened.write("\n" + "".join(f"{_line(one)}\n" for one in new))
            opened.flush()
            os.fsync(opened.fileno())
    return len(new)


def erase_again(folder: Path, *, now: datetime) -> int:
    """Erase what the list beside a backup names and this house still has."""
    return reapply_erasures(_noted(folder), by=BACKUP, now=now)


def _noted(folder: Path) -> list[Erasure]:
    try:
        lines = (folder / LIST).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    parted = [line.partition(" ") for line in lines.splitlines()]
    return [
        Erasure.from_dict(json.loads(told))
        for mark, _space, told in parted
        if told and hmac.compare_digest(mark.encode(), _mark(told).encode())
    ]


def _line(one: Erasure) -> str:
    told = json.dumps(one.as_dict(), sort_keys=True)
    return f"{_mark(told)} {told}"


def _mark(told: str) -> str:
    return keyed_hash("backup erasures", told)
