"""Book a time without an account; move it or give it back by its receipt."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shuoshi.channels.actions.proofs import (
    ASKING,
    SPEAKING,
    ProofNeeded,
    booking_behind,
    pass_for,
)
from shuoshi.channels.forms.booking import BookForm, BookingReceiptForm, MoveForm
from shuoshi.channels.forms.speaking import new_nonce
from shuoshi.channels.queries.mines import mine_called
from shuoshi.common.refusals import Refused
from shuoshi.common.traces import leaves_no_trace
from shuoshi.matters.rules.receipts import cleaned
from shuoshi.reception.actions.bookings import book, cancel_booking, move_booking
from shuoshi.reception.queries.bookings import (
    has_begun,
    shown,
    times_by_day,
    waiting_before,
)
from shuoshi.reception.queries.open_days import open_day_on
from shuoshi.reception.queries.queue import before, ticket_of_booking
from shuoshi.reception.rules.bookings import OPEN, BookingState, read_time
from shuoshi.reception.rules.open_days import OpenDayState


if TYPE_CHECKING:
    from shuoshi.reception.models import Booking

LONGEST = 60


# Exempt as the form to speak is: no account, no cookie, nothing to ride on.
@csrf_exempt
@leaves_no_trace
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest) -> HttpResponse:
    mine = mine_called(request.GET.get("mine", ""))
    if mine is None:
        raise Http404
    open_day = None
    if asked := request.GET.get("open", ""):
        open_day = open_day_on(asked, mine_id=mine.pk)
        if open_day is None or open_day.state != OpenDayState.ANNOUNCED:
            raise Http404
    days = times_by_day(mine.pk, now=now(), open_day=open_day)
    sent = (request.POST,) if request.method == "POST" else ()
    start = {"nonce": new_nonce()}
    in_line = open_day.day if open_day and not days else None
    form = BookForm(mine.pk, *sent, days=days, in_line=in_line, initial=start)
    busy = ""
    if form.is_valid():
        try:
            SPEAKING.let_in(request.POST.get("proof", ""), now=now())
            nonce = form.cleaned_data["nonce"]
            booked = book(form.wish(open_day), mine_id=mine.pk, now=now(), nonce=nonce)
        except ProofNeeded as refusal:
            busy = refusal.message
        except Refused as refusal:
            form.refuse(refusal)
        else:
            SPEAKING.count(now())
            context = {"booked": booked, "mine": mine}
            return render(request, "channels/booked.html", context)
    context = {
        "form": form,
        "mine": mine,
        "open_day": open_day,
        "days": days,
        "in_line": in_line,
        "busy": busy,
        "puzzle": SPEAKING.puzzle(now()),
    }
    status = 429 if busy else 422 if form.errors else 200
    return render(request, "channels/booking.html", context, status=status)


@csrf_exempt  # As above: the receipt is in the form, never in a cookie.
@leaves_no_trace
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def my_booking(request: HttpRequest) -> HttpResponse:
    """Show a booking to who holds its receipt; move it or give it back if asked."""
    form = BookingReceiptForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask(request, form)
    receipt = cleaned(form.cleaned_data["receipt"])
    shown_here = {name: request.POST.get(name, "") for name in ("proof", "seen")}
    try:
        found = booking_behind(receipt, **shown_here, now=now())
    except ProofNeeded as refusal:
        return _ask(request, form, busy=refusal.message)
    if found is None:
        form.add_error("receipt", _("没有这个预约号，请看看有没有输错。"))
        return _ask(request, form)
    return _act(request, found, receipt)


def _act(request: HttpRequest, found: "Booking", receipt: str) -> HttpResponse:
    open_day = open_day_on(found.line, mine_id=found.mine_id)
    days = times_by_day(found.mine_id, now=now(), open_day=open_day)
    wrong, done = "", ""
    ticket = ticket_of_booking(found)
    move = MoveForm(request.POST if "move" in request.POST else None, days=days)
    try:
        if "cancel" in request.POST:
            done = (
                _("已取消，这个时间让给别人了。")
                if found.starts_at
                else _("已经不排了。")
            )
            cancel_booking(found, now=now())
        elif "move" in request.POST and move.is_valid():
            day, starts_at = read_time(move.cleaned_data["time"])
            move_booking(found, day=day, starts_at=starts_at, now=now())
            done, move = _("已改好。"), MoveForm(days=days)
    except Refused as refusal:
        wrong = refusal.message
    context = {
        "one": shown(found),
        "receipt": receipt,
        "seen": pass_for(receipt, now=now()),
        "move": move,
        "wrong": wrong,
        "done": done,
        "ticket": ticket,
        "before": before(ticket, now=now()) if ticket else 0,
        "waiting": waiting_before(found)
        if found.state == BookingState.WAITING
        else None,
        "near": _near(found),
        "is_open": found.state in OPEN and not has_begun(found, now=now()),
    }
    status = 422 if wrong or move.errors else 200
    return render(request, "channels/my_booking.html", context, status=status)


def _near(found: "Booking") -> str:
    """Say that it is today or tomorrow: what a reminder the day before is about."""
    days = (found.day - localdate()).days if found.state == BookingState.BOOKED else -1
    return {0: _("今天"), 1: _("明天")}.get(days, "")


def _ask(
    request: HttpRequest, form: BookingReceiptForm, *, busy: str = ""
) -> HttpResponse:
    context = {"form": form, "busy": busy, "puzzle": ASKING.puzzle(now())}
    status = 429 if busy else 422 if form.errors else 200
    return render(request, "channels/ask_booking.html", context, status=status)
