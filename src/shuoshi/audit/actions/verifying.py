"""Prove the record and put on record how that went."""

from datetime import datetime

from shuoshi.matters.queries.proving import Proved, prove_house
from shuoshi.trail.actions import note
from shuoshi.trail.rules.notes import CLOCK, ROOM, VERIFIED


def verify_on_record(*, now: datetime) -> Proved:
    """
    Prove everything and note the result, for the auditor to find.

    Do not call it inside a transaction: it takes as long as the record is large.
    """
    proved = prove_house()
    detail = {
        "matters": proved.matters,
        "events": proved.events,
        "seals": proved.seals,
        "files": proved.files,
        "bad": proved.first_bad,
    }
    note(VERIFIED.removeprefix(f"{ROOM}."), by=CLOCK, at=now, detail=detail)
    return proved
