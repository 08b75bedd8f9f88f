"""Supervise, instruct, and climb the ladder when nobody does."""

from django.utils.timezone import localdate

from shuoshi.common.workdays import end_of
from shuoshi.matters.actions.change import Change, effect
from shuoshi.matters.models import Order, OrderKind
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.rules.days import check_not_past
from shuoshi.matters.rules.states import UNANSWERED
from shuoshi.matters.rules.table import Audience


@effect("supervise")
def supervise(change: Change) -> None:
    """
    Put a demand and a day on the matter.

    :raises DayRefused: if the day is past.
    """
    change.set(supervised=True)
    _order(change, OrderKind.SUPERVISION, change.given["demand"])


@effect("instruct")
def instruct(change: Change) -> None:
    """
    Write what is to be done by when.

    :raises DayRefused: if the day is past.
    """
    _order(change, OrderKind.INSTRUCTION, change.given["instruction"])


def _order(change: Change, kind: OrderKind, words: str) -> None:
    finish_on = change.given["finish_on"]
    check_not_past(finish_on, today=localdate(change.now), field="finish_on")
    Order.objects.create(
        matter=change.matter,
        kind=kind,
        by_id=change.by.person_id or 0,
        seq=change.matter.version + 1,
        given_at=change.now,
        finish_on=finish_on,
    )
    if change.matter.state in UNANSWERED and change.matter.suspended_at is None:
        change.finish_by = end_of(finish_on, ZONE)
    change.words = words
    change.detail = {"finish_on": finish_on.isoformat()}


@effect("climb")
def climb(change: Change) -> None:
    """Tell whom the rung names; the last one is the accountability entry."""
    matter = change.matter
    if matter.suspended_until is not None:
        change.tells = (Audience.RESPONSIBLE, Audience.LEAD_HEAD)
        change.detail = {"rung": matter.rung, "suspension_over": True}
        return
    if matter.rung >= len(change.clock.ladder):
        # The mine has shortened its ladder meanwhile.
        change.detail = {"rung": matter.rung}
        return
    rung = change.clock.ladder[matter.rung]
    change.detail = {
        "rung": matter.rung + 1,
        "colour": rung.colour,
        "tells": rung.tells,
    }
    if rung.tells == ACCOUNTABILITY:
        change.set(accountable=True)
        change.tells = (Audience.COORDINATOR, Audience.LEADER_IN_CHARGE)
    else:
        change.tells = (Audience(rung.tells.lower()),)


ACCOUNTABILITY = "ACCOUNTABILITY"
