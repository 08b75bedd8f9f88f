"""Who is coming, for those who receive them."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.matters.forms.register import RegisterForm
from shuoshi.reception.actions.bookings import enter_came
from shuoshi.reception.actions.hours import set_hours
from shuoshi.reception.actions.registering import read_bookings, register_booking
from shuoshi.reception.forms.hours import HoursForm
from shuoshi.reception.queries.bookings import booking_here, days_from, hours_of
from shuoshi.reception.rules.access import may_set_hours
from shuoshi.reception.rules.bookings import AHEAD, BookingState
from shuoshi.reception.views.registering import registered, registering
from shuoshi.reception.views.seat import ReceptionRequest, for_reception


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@for_reception
@require_safe
def bookings(request: ReceptionRequest) -> HttpResponse:
    return _page(request)


def _page(request: ReceptionRequest, form: HoursForm | None = None) -> HttpResponse:
    standing, moment = request.desk.standing, request.desk.now
    since, until = days_from(moment, AHEAD)
    context = {
        "bookings": read_bookings(since, until, by=standing, now=moment),
        "today": localdate(moment),
        "hours": hours_of(standing.mine_id or 0),
        "form": form or (HoursForm() if may_set_hours(standing) else None),
        "book": request.build_absolute_uri(reverse("channels:book")),
    }
    status = 422 if form is not None else 200
    return render(request, "reception/bookings.html", context, status=status)


@for_reception
@require_POST
def came(request: ReceptionRequest, uid: UUID, how: str) -> "HttpResponseBase":
    """Enter that somebody came, or did not."""
    booking = booking_here(uid, request.desk.standing)
    if booking is None or how not in {"came", "missed"}:
        raise Http404
    try:
        enter_came(
            booking,
            came=how == "came",
            by=request.desk.standing,
            now=request.desk.now,
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("已记下。"))
    return redirect("reception:bookings")


@sensitive_post_parameters()
@for_reception
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: ReceptionRequest, uid: UUID) -> HttpResponse:
    """Register what somebody who had booked says: who they are is filled in already."""
    standing = request.desk.standing
    booking = booking_here(uid, standing)
    if booking is None or booking.state == BookingState.CANCELLED:
        raise Http404
    if request.method != "POST":
        return registering(request, booking.mine_id, booking)
    form = RegisterForm(booking.mine_id, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            raised = register_booking(
                booking,
                form.saying,
                channel=given["channel"],
                by=standing,
                now=request.desk.now,
                nonce=given["nonce"],
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return registered(request, raised)
    return render(request, "matters/register.html", {"form": form}, status=422)


@for_reception
@require_POST
def hours(request: ReceptionRequest) -> "HttpResponseBase":
    """Say when people are received."""
    if not may_set_hours(request.desk.standing):
        raise NotPermitted(_("接待时间由统筹人员定。"))
    form = HoursForm(request.POST)
    if form.is_valid():
        try:
            set_hours(form.hours, by=request.desk.standing, now=request.desk.now)
        except Refused as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, refusal.message)
        else:
            messages.success(request, _("接待时间已保存。已经约好的不变。"))
            return redirect("reception:bookings")
    return _page(request, form)
