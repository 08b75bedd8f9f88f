"""What the roster's pages have in common: the month, the page itself, what is said."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.duty.forms.rosters import LeaveForm, MakeForm, RuleForm, SwapForm, TurnForm
from shuoshi.duty.queries.feeds import has_feed
from shuoshi.duty.queries.months import (
    others_turns,
    roster_shown,
    swaps_asked_by,
    swaps_waiting_for,
    turns_to_come,
)
from shuoshi.duty.queries.rosters import (
    Month,
    departments_of,
    month_of,
    receivers_of,
    rule_of,
)
from shuoshi.duty.rules.access import may_plan, takes_turns
from shuoshi.duty.views.seat import RosterRequest


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

FARTHEST = 50


def mine_of(request: RosterRequest) -> int:
    return request.standing.mine_id or 0


def month_asked(asked: str, request: RosterRequest) -> Month:
    """Return the month that the address names, this one where it names none."""
    today = localdate(request.moment)
    try:
        day = datetime.strptime(asked, "%Y-%m").date()  # noqa: DTZ007 - a month, no moment
    except ValueError:
        day = today
    # What is farther off is a slip of the finger.
    return month_of(day if abs(day.year - today.year) <= 50 else today)


def back_to(day: date) -> HttpResponse:
    return redirect(f"{reverse('duty:roster')}?month={day:%Y-%m}")


def taken(
    request: RosterRequest,
    form: forms.Form,
    name: str,
    enter: Callable[[], date],
    said: str,
) -> "HttpResponseBase":
    """Let the action take what a form says; what it refuses stands beside the field."""
    if form.is_valid():
        try:
            day = enter()
        except NotPermitted:
            raise
        except Refused as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, refusal.message)
        else:
            messages.success(request, said)
            return back_to(day)
    return roster_page(request, month_asked("", request), **{name: form})


def done(
    request: RosterRequest, act: Callable[[], object], said: str
) -> "HttpResponseBase":
    try:
        act()
    except NotPermitted:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return back_to(month_asked(request.POST.get("month", ""), request).since)


def roster_page(
    request: RosterRequest, month: Month, **bound: forms.Form
) -> HttpResponse:
    standing, today = request.standing, localdate(request.moment)
    person_id, mine_id = standing.person_id or 0, mine_of(request)
    plans, receives = may_plan(standing), takes_turns(standing)
    shown = roster_shown(mine_id, month, now=request.moment)
    mine = turns_to_come(person_id, mine_id=mine_id, today=today)
    context: dict[str, Any] = {
        "shown": shown,
        "leaves": [one for one in shown.leaves if plans or one.person_id == person_id],
        "today": today,
        "before": month_of(date.fromordinal(month.since.toordinal() - 1)).since,
        "after": date.fromordinal(month.until.toordinal() + 1),
        "plans": plans,
        "receives": receives,
        "mine": mine,
        "due_here": [one for one in mine if one.day == today],
        "to_answer": swaps_waiting_for(person_id, today=today),
        "asked": swaps_asked_by(person_id, today=today),
        "has_feed": has_feed(person_id),
    }
    if receives or plans:
        first = {"person": person_id} if receives else {}
        context["leave_form"] = LeaveForm(people=those_away(request), initial=first)
    if receives and mine:
        context["swap_form"] = SwapForm(**swappable(request))
    if plans:
        context |= _planning(request, month)
    status = 422 if bound else 200
    return render(request, "duty/roster.html", context | bound, status=status)


def _planning(request: RosterRequest, month: Month) -> dict[str, forms.Form]:
    kept = rule_of(mine_of(request))
    return {
        "make": MakeForm(initial={"month": f"{month.since:%Y-%m}", "months": 1}),
        "turn_form": TurnForm(people=receivers(request)),
        "rule_form": RuleForm(
            units=units(request),
            initial={
                "per_day": kept.per_day,
                "apart": kept.apart,
                "opens_at": kept.opens_at,
            },
        ),
    }


def receivers(request: RosterRequest) -> list[tuple[int, str]]:
    return [(one.pk, one.name) for one in receivers_of(mine_of(request))]


def those_away(request: RosterRequest) -> list[tuple[int, str]]:
    """Return whose leave this person may enter."""
    mine = request.standing.person_id
    return [
        (pk, name)
        for pk, name in receivers(request)
        if pk == mine or may_plan(request.standing)
    ]


def units(request: RosterRequest) -> list[tuple[int, str]]:
    return [(unit.pk, unit.name) for unit in departments_of(mine_of(request))]


def swappable(request: RosterRequest) -> dict[str, list[tuple[int, str]]]:
    person_id, mine_id = request.standing.person_id or 0, mine_of(request)
    today = localdate(request.moment)
    mine = turns_to_come(person_id, mine_id=mine_id, today=today)
    theirs = others_turns(person_id, mine_id=mine_id, today=today)
    return {
        "turns": [(one.pk, f"{one.day:%m-%d}") for one in mine],
        "people": [one for one in receivers(request) if one[0] != person_id],
        "theirs": [(one.pk, f"{one.person.name} {one.day:%m-%d}") for one in theirs],
    }
