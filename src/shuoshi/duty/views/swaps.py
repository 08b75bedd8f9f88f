"""Swap turns, be away, and say that one has come."""

from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuoshi.duty.actions.leaves import enter_leave, take_leave_back
from shuoshi.duty.actions.swaps import (
    agree_to_swap,
    ask_to_swap,
    refuse_swap,
    withdraw_swap,
)
from shuoshi.duty.actions.turns import arrive
from shuoshi.duty.forms.rosters import LeaveForm, SwapForm
from shuoshi.duty.views.pages import done, swappable, taken, those_away
from shuoshi.duty.views.seat import RosterRequest, for_roster


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

ANSWERS = {"agree": agree_to_swap, "refuse": refuse_swap, "withdraw": withdraw_swap}


@for_roster
@require_POST
def leave(request: RosterRequest) -> "HttpResponseBase":
    """Enter a leave: one's own, or anybody's who plans."""
    form = LeaveForm(request.POST, people=those_away(request))

    def enter() -> date:
        given = form.cleaned_data
        entered = enter_leave(
            given["person"],
            since=given["since"],
            until=given["until"],
            by=request.standing,
            now=request.moment,
        )
        return max(entered.since, localdate(request.moment))

    return taken(request, form, "leave_form", enter, _("请假已登记。"))


@for_roster
@require_POST
def back(request: RosterRequest, pk: int) -> "HttpResponseBase":
    """Take a leave back."""
    return done(
        request,
        lambda: take_leave_back(pk, by=request.standing, now=request.moment),
        _("请假已取消。"),
    )


@for_roster
@require_POST
def swap(request: RosterRequest) -> "HttpResponseBase":
    """Ask somebody to take one of my turns."""
    form = SwapForm(request.POST, **swappable(request))

    def enter() -> date:
        given = form.cleaned_data
        asked = ask_to_swap(
            given["turn"],
            to_id=given["to"],
            back_id=given["back"],
            by=request.standing,
            now=request.moment,
        )
        return asked.turn.day

    return taken(request, form, "swap_form", enter, _("已经问了对方，对方同意才算换。"))


@for_roster
@require_POST
def answer(request: RosterRequest, pk: int, how: str) -> "HttpResponseBase":
    """Agree to a swap, refuse it, or withdraw it."""
    act = ANSWERS.get(how)
    if act is None:
        raise Http404
    return done(
        request,
        lambda: act(pk, by=request.standing, now=request.moment),
        _("已记下。"),
    )


@for_roster
@require_POST
def here(request: RosterRequest) -> "HttpResponseBase":
    """Say that one has come for today's turn."""
    return done(
        request,
        lambda: arrive(by=request.standing, now=request.moment),
        _("已记下您到岗的时间。"),
    )
