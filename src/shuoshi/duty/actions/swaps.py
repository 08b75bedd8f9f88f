"""Swap turns: one asks, the other agrees, and only then it is done."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Outdated, Refused
from shuoshi.duty.models import Origin, Swap, SwapState, Turn
from shuoshi.duty.queries.rosters import unit_on_duty_for
from shuoshi.notices.actions import queue_word
from shuoshi.org.actions.generation import bump
from shuoshi.org.models import Unit
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


class SwapRefused(Refused):
    """These turns cannot be swapped."""


@transaction.atomic
def ask_to_swap(
    turn_id: int,
    *,
    to_id: int,
    back_id: int | None = None,
    by: Standing,
    now: datetime,
) -> Swap:
    """
    Ask somebody to take one's turn, for one of theirs or for none.

    :raises NotPermitted: unless the turn is one's own.
    :raises SwapRefused: with the reason, if the turns could not be swapped.
    """
    turn = _turn(turn_id, by)
    if turn.person_id != by.person_id:
        raise NotPermitted(_("只能换自己的班。"))
    back = _turn(back_id, by) if back_id else None
    if back is not None and back.person_id != to_id:
        raise SwapRefused(_("要换的那个班不是对方的。"), field="back")
    _check(turn, to_id, back, now)
    if Swap.objects.filter(turn=turn, state=SwapState.ASKED).exists():
        raise SwapRefused(_("这个班已经在等一个人答复，先撤回再问别人。"))
    swap = Swap.objects.create(
        mine_id=turn.mine_id,
        turn=turn,
        back=back,
        by_id=by.person_id or 0,
        to_id=to_id,
        asked_at=now,
    )
    _note("asked", swap, by, now)
    _tell(to_id, "swap_asked", swap, now)
    return swap


@transaction.atomic
def agree_to_swap(swap_id: int, *, by: Standing, now: datetime) -> Swap:
    """
    Take the turn, and give the other in return; both are then agreed and stand.

    :raises NotPermitted: unless one was asked.
    :raises Outdated: if it was answered or withdrawn meanwhile.
    :raises SwapRefused: if it is no longer possible.
    """
    swap = _swap(swap_id, by)
    if swap.to_id != by.person_id:
        raise NotPermitted(_("只有被问到的人可以答复。"))
    if swap.turn.person_id != swap.by_id or (
        swap.back is not None and swap.back.person_id != swap.to_id
    ):
        raise SwapRefused(_("班次已经变了，请对方重新提出。"))
    _check(swap.turn, swap.to_id, swap.back, now)
    _end(swap, SwapState.AGREED, by, now)
    here = _unit(swap.to_id, by)
    if swap.back is not None:
        _give(swap.back, swap.by_id, _unit(swap.by_id, by))
    _give(swap.turn, swap.to_id, here)
    bump()
    _tell(swap.by_id, "swap_agreed", swap, now)
    return swap


@transaction.atomic
def refuse_swap(swap_id: int, *, by: Standing, now: datetime) -> Swap:
    """
    Say no; nothing changes.

    :raises NotPermitted: unless one was asked.
    :raises Outdated: if it was answered or withdrawn meanwhile.
    """
    swap = _swap(swap_id, by)
    if swap.to_id != by.person_id:
        raise NotPermitted(_("只有被问到的人可以答复。"))
    _end(swap, SwapState.REFUSED, by, now)
    _tell(swap.by_id, "swap_declined", swap, now)
    return swap


@transaction.atomic
def withdraw_swap(swap_id: int, *, by: Standing, now: datetime) -> Swap:
    """
    Take one's own question back.

    :raises NotPermitted: unless one asked it.
    :raises Outdated: if it was answered meanwhile.
    """
    swap = _swap(swap_id, by)
    if swap.by_id != by.person_id:
        raise NotPermitted(_("只能撤回自己提出的。"))
    _end(swap, SwapState.WITHDRAWN, by, now)
    return swap


def _turn(turn_id: int, by: Standing) -> Turn:
    turn = Turn.objects.filter(pk=turn_id, mine_id=by.mine_id or 0).first()
    if turn is None:
        raise SwapRefused(_("这个班次已经不在了。"))
    return turn


def _swap(swap_id: int, by: Standing) -> Swap:
    swaps = Swap.objects.select_related("turn", "back")
    swap = swaps.filter(pk=swap_id, mine_id=by.mine_id or 0).first()
    if swap is None:
        raise SwapRefused(_("这个换班请求已经不在了。"))
    return swap


def _check(turn: Turn, to_id: int, back: Turn | None, now: datetime) -> None:
    """Refuse what cannot be swapped: the past, oneself, or two turns on one day."""
    today = localdate(now)
    for one in filter(None, (turn, back)):
        if one.day < today or one.arrived_at is not None:
            raise SwapRefused(_("已经值过的班不能换。"))
    if to_id == turn.person_id:
        raise SwapRefused(_("不能和自己换。"), field="to")
    if unit_on_duty_for(to_id, mine_id=turn.mine_id) is None:
        raise SwapRefused(_("对方不是接待人员，不能接这个班。"), field="to")
    if back is not None and back.day == turn.day:
        raise SwapRefused(_("两个班在同一天，不用换。"), field="back")
    _check_free(to_id, turn, except_for=back)
    if back is not None:
        _check_free(turn.person_id, back, except_for=turn)


def _check_free(person_id: int, turn: Turn, *, except_for: Turn | None) -> None:
    there = Turn.objects.filter(mine_id=turn.mine_id, day=turn.day, person_id=person_id)
    if except_for is not None:
        there = there.exclude(pk=except_for.pk)
    if there.exists():
        raise SwapRefused(_("那天接班的人自己也有班。"))


def _end(swap: Swap, state: SwapState, by: Standing, now: datetime) -> None:
    waiting = Swap.objects.filter(pk=swap.pk, state=SwapState.ASKED)
    if not waiting.update(state=state, answered_at=now):
        raise Outdated(_("这个换班请求已经有了结果。"))
    swap.state, swap.answered_at = state, now
    _note(state.lower(), swap, by, now)


def _unit(person_id: int, by: Standing) -> Unit:
    unit = unit_on_duty_for(person_id, mine_id=by.mine_id or 0)
    if unit is None:
        raise SwapRefused(_("对方不是接待人员，不能接这个班。"))
    return unit


def _give(turn: Turn, person_id: int, unit: Unit) -> None:
    Turn.objects.filter(pk=turn.pk).update(
        person_id=person_id, unit=unit, origin=Origin.SWAP
    )


def _tell(person_id: int, kind: str, swap: Swap, now: datetime) -> None:
    queue_word(
        to=[person_id],
        kind=kind,
        mine_id=swap.mine_id,
        number=swap.turn.day.isoformat(),
        now=now,
    )


def _note(what: str, swap: Swap, by: Standing, now: datetime) -> None:
    note(
        f"duty.swap_{what}",
        by=by.on_record,
        at=now,
        mine_id=swap.mine_id,
        detail={
            "day": swap.turn.day.isoformat(),
            "back": swap.back.day.isoformat() if swap.back else None,
            "to": swap.to_id,
        },
    )
