"""Put people on duty, take them off, and let them say that they are there."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.accounts.models import User
from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.duty.models import Origin, Turn
from shuoshi.duty.queries.rosters import unit_on_duty_for
from shuoshi.duty.rules.access import may_plan
from shuoshi.notices.actions import queue_word
from shuoshi.org.actions.generation import bump
from shuoshi.org.models import Unit
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


class TurnRefused(Refused):
    """This turn cannot be entered or taken back."""


def put_on_duty(
    person: User, *, unit: Unit, day: date, origin: Origin = Origin.HAND
) -> Turn:
    """Enter a person's turn for a day; entering it twice changes nothing."""
    turn, entered = Turn.objects.get_or_create(
        mine_id=unit.mine_id,
        day=day,
        person=person,
        defaults={"unit": unit, "origin": origin},
    )
    if entered:
        bump()
    return turn


@transaction.atomic
def enter_turn(person_id: int, *, day: date, by: Standing, now: datetime) -> Turn:
    """
    Put somebody on duty by hand: planning anew leaves it alone.

    What speaks against the day, a holiday or a leave, is a warning and no wall.

    :raises NotPermitted: unless the person plans the roster.
    :raises TurnRefused: if the day is past, or this person receives nobody.
    """
    require_planner(by)
    if day < localdate(now):
        raise TurnRefused(_("已经过去的日子不能再排。"), field="day")
    unit = unit_on_duty_for(person_id, mine_id=by.mine_id or 0)
    if unit is None:
        raise TurnRefused(_("这个人不是接待人员，不能值班。"), field="person")
    turn = put_on_duty(User.objects.get(pk=person_id), unit=unit, day=day)
    Turn.objects.filter(pk=turn.pk).update(origin=Origin.HAND)
    _note("entered", turn, by, now)
    _tell(turn, by, now)
    return turn


@transaction.atomic
def take_off_duty(turn_id: int, *, by: Standing, now: datetime) -> None:
    """
    Take a turn back.

    :raises NotPermitted: unless the person plans the roster.
    :raises TurnRefused: if it is gone, past, or somebody has come for it.
    """
    require_planner(by)
    here = Turn.objects.filter(pk=turn_id, mine_id=by.mine_id or 0)
    turn = here.first()
    if turn is None:
        raise TurnRefused(_("这个班次已经不在了。"))
    if turn.day < localdate(now) or turn.arrived_at is not None:
        raise TurnRefused(_("已经值过的班不能删。"))
    here.delete()
    bump()
    _note("taken_back", turn, by, now)
    _tell(turn, by, now)


@transaction.atomic
def arrive(*, by: Standing, now: datetime) -> Turn:
    """
    Enter that the person has come for today's turn; the first time counts.

    :raises TurnRefused: if they are not on duty today.
    """
    mine = Turn.objects.filter(
        mine_id=by.mine_id or 0, person_id=by.person_id or 0, day=localdate(now)
    )
    if mine.filter(arrived_at=None).update(arrived_at=now):
        bump()
        _note("arrived", mine.get(), by, now)
    turn = mine.first()
    if turn is None:
        raise TurnRefused(_("今天没有您的班。"))
    return turn


def require_planner(by: Standing) -> None:
    """
    Refuse who does not plan the roster.

    :raises NotPermitted: with the reason.
    """
    if not may_plan(by):
        raise NotPermitted(_("值班表由统筹人员安排。"))


def _tell(turn: Turn, by: Standing, now: datetime) -> None:
    """Let whose turn it is know; who changed their own knows it."""
    if turn.person_id != by.person_id:
        queue_word(
            to=[turn.person_id],
            kind="duty_changed",
            mine_id=turn.mine_id,
            number=turn.day.isoformat(),
            now=now,
        )


def _note(what: str, turn: Turn, by: Standing, now: datetime) -> None:
    note(
        f"duty.turn_{what}",
        by=by.on_record,
        at=now,
        mine_id=turn.mine_id,
        detail={"day": turn.day.isoformat(), "person": turn.person_id},
    )
