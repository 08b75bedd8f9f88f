"""Put on record who was refused what."""

import re
from datetime import datetime, timedelta
from typing import Final

from shuoshi.accounts.actions.throttling import TooOften, count_try
from shuoshi.accounts.rules.throttles import Throttle
from shuoshi.matters.queries.heads import uid_of
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


MINUTE: Final = timedelta(minutes=1)
# The same refusal is worth one line a minute, and a person so many in all.
SAME: Final = Throttle("refused_same", 1, MINUTE)
ALL: Final = Throttle("refused_all", 30, MINUTE)
FLOOD: Final = Throttle("refused_flood", 1, MINUTE)
NUMBER: Final = re.compile(r"[0-9]{4}-[0-9]{1,9}")


def note_refusal(
    by: Standing, *, endpoint: str, number: str, status: int, now: datetime
) -> None:
    """
    Record a refusal, whether what was asked for is there or not.

    Both take the same work: how long an answer takes must not tell them apart.
    """
    number = number if NUMBER.fullmatch(number) else ""
    uid = uid_of(number, mine_id=by.mine_id or 0)
    try:
        count_try(SAME, f"{by.on_record} {endpoint} {number}", now=now)
    except TooOften:
        return
    verb, told = "access.refused", {"endpoint": endpoint, "status": status}
    try:
        count_try(ALL, by.on_record, now=now)
    except TooOften:
        try:
            count_try(FLOOD, by.on_record, now=now)
        except TooOften:
            return
        # One line says that more came than are told one by one.
        verb, told, uid, number = "access.refused_often", {}, None, ""
    note(
        verb,
        by=by.on_record,
        at=now,
        mine_id=by.mine_id or 0,
        about=uid,
        detail={**told, **({"number": number} if number else {})},
    )
