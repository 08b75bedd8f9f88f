"""The queue: numbers given and called, for those who receive."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.matters.forms.register import RegisterForm
from shuoshi.reception.actions.queue import (
    begin_talk,
    call_again,
    call_next,
    end_talk,
    pass_over,
    register_ticket,
    take_number,
)
from shuoshi.reception.forms.queue import LineForm
from shuoshi.reception.queries.bookings import booking_here
from shuoshi.reception.queries.queue import before, queues_of, ticket_here
from shuoshi.reception.views.registering import registered, registering
from shuoshi.reception.views.seat import ReceptionRequest, for_reception


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from shuoshi.reception.models import Ticket

HOW: Final[dict[str, Callable[..., "Ticket"]]] = {
    "again": call_again,
    "here": begin_talk,
    "over": end_talk,
    "pass": pass_over,
}


@for_reception
@require_safe
def queue(request: ReceptionRequest) -> HttpResponse:
    desk = request.desk
    queues = queues_of(desk.standing.mine_id or 0, now=desk.now)
    return render(request, "reception/queue.html", {"queues": queues})


@for_reception
@require_POST
def take(request: ReceptionRequest) -> "HttpResponseBase":
    """Give a number, and show the slip to print."""
    desk, form = request.desk, LineForm(request.POST)
    if not form.is_valid():
        raise Http404
    booking, wanted = None, form.cleaned_data["booking"]
    if wanted:
        booking = booking_here(wanted, desk.standing)
        if booking is None:
            raise Http404
    try:
        given = take_number(
            form.cleaned_data["line"], booking=booking, by=desk.standing, now=desk.now
        )
    except NotPermitted:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("reception:queue")
    return redirect("reception:ticket", uid=given.uid)


@for_reception
@require_POST
def call(request: ReceptionRequest) -> "HttpResponseBase":
    """Call who comes next."""
    desk, form = request.desk, LineForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        called = call_next(form.cleaned_data["line"], by=desk.standing, now=desk.now)
    except NotPermitted:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("正在叫 %(n)d 号。") % {"n": called.number})
    return redirect("reception:queue")


@for_reception
@require_POST
def act(request: ReceptionRequest, uid: UUID, how: str) -> "HttpResponseBase":
    """Call again, begin, end, or pass over."""
    desk = request.desk
    ticket = ticket_here(uid, desk.standing)
    if ticket is None or how not in HOW:
        raise Http404
    try:
        HOW[how](ticket, by=desk.standing, now=desk.now)
    except NotPermitted:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("reception:queue")


@for_reception
@require_safe
def ticket(request: ReceptionRequest, uid: UUID) -> HttpResponse:
    """Show a number, to be printed or read aloud."""
    found = ticket_here(uid, request.desk.standing)
    if found is None:
        raise Http404
    context = {"ticket": found, "before": before(found, now=request.desk.now)}
    return render(request, "reception/ticket.html", context)


@sensitive_post_parameters()
@for_reception
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: ReceptionRequest, uid: UUID) -> HttpResponse:
    """Register what the holder of a number says."""
    desk = request.desk
    found = ticket_here(uid, desk.standing)
    if found is None:
        raise Http404
    if request.method != "POST":
        return registering(request, desk.standing.mine_id or 0, found.booking)
    form = RegisterForm(desk.standing.mine_id or 0, request.POST)
    if form.is_valid():
        try:
            raised = register_ticket(
                found,
                form.saying,
                channel=form.cleaned_data["channel"],
                by=desk.standing,
                now=desk.now,
                nonce=form.cleaned_data["nonce"],
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return registered(request, raised)
    return render(request, "matters/register.html", {"form": form}, status=422)
