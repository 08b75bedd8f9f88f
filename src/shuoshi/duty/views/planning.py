"""Make the roster, change it by hand, say how it is made."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuoshi.common.refusals import Refused
from shuoshi.duty.actions.rosters import look_at_roster, make_roster
from shuoshi.duty.actions.rules import set_rule
from shuoshi.duty.actions.turns import enter_turn, take_off_duty
from shuoshi.duty.forms.rosters import MakeForm, RuleForm, TurnForm
from shuoshi.duty.queries.rosters import month_of, names_in
from shuoshi.duty.views.pages import (
    back_to,
    done,
    mine_of,
    month_asked,
    receivers,
    roster_page,
    taken,
    units,
)
from shuoshi.duty.views.seat import RosterRequest, for_planners


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@for_planners
@require_POST
def make(request: RosterRequest) -> "HttpResponseBase":
    """Show what would be planned; enter it once that is what is wanted."""
    form = MakeForm(request.POST)
    if not form.is_valid():
        return roster_page(request, month_asked("", request), make=form)
    given = form.cleaned_data
    month = month_of(given["month"], months=given["months"])
    how: dict[str, Any] = {"now": request.moment, "seed": given["seed"]}
    try:
        if "enter" in request.POST:
            made = make_roster(mine_of(request), month, by=request.standing, **how)
            text = _("值班表已排好，共 %(many)d 班。") % {"many": len(made.plan.turns)}
            messages.success(request, text)
            return back_to(month.since)
        made = look_at_roster(mine_of(request), month, **how)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return roster_page(request, month_of(given["month"]), make=form)
    people, called = names_in(made.plan)
    turns = [
        (turn.day, called[turn.unit_id], people[turn.person_id])
        for turn in made.plan.turns
    ]
    context = {"made": made, "turns": turns, "form": form, "month": month}
    return render(request, "duty/preview.html", context)


@for_planners
@require_POST
def turn(request: RosterRequest) -> "HttpResponseBase":
    """Put somebody on duty by hand."""
    form = TurnForm(request.POST, people=receivers(request))

    def enter() -> date:
        given = form.cleaned_data
        enter_turn(
            given["person"], day=given["day"], by=request.standing, now=request.moment
        )
        day: date = given["day"]
        return day

    return taken(request, form, "turn_form", enter, _("已排上。"))


@for_planners
@require_POST
def off(request: RosterRequest, pk: int) -> "HttpResponseBase":
    """Take a turn back."""
    return done(
        request,
        lambda: take_off_duty(pk, by=request.standing, now=request.moment),
        _("这个班次已删去。"),
    )


@for_planners
@require_POST
def rule(request: RosterRequest) -> "HttpResponseBase":
    """Say how the roster is made."""
    form = RuleForm(request.POST, units=units(request))

    def enter() -> date:
        set_rule(**form.cleaned_data, by=request.standing, now=request.moment)
        return localdate(request.moment)

    return taken(request, form, "rule_form", enter, _("规则已保存，下次排班照它排。"))
