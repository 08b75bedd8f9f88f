"""Show the form to register, and the receipt that came of it."""

import secrets
from typing import TYPE_CHECKING

import segno
from django.shortcuts import render
from django.urls import reverse

from shuoshi.matters.forms.register import RegisterForm
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.rules.states import Channel
from shuoshi.reception.queries.bookings import shown


if TYPE_CHECKING:
    from django.http import HttpResponse

    from shuoshi.matters.actions.raising import Raised
    from shuoshi.reception.models import Booking
    from shuoshi.reception.views.seat import ReceptionRequest


def registering(
    request: "ReceptionRequest", mine_id: int, booking: "Booking | None"
) -> "HttpResponse":
    """Offer the form; who had booked is filled in already."""
    start = {"nonce": secrets.token_urlsafe(16), "channel": Channel.WALK_IN}
    if booking is not None:
        one = shown(booking)
        start |= {"name": one.who, "contact": one.contact, "text": one.words}
    form = RegisterForm(mine_id, initial=start)
    return render(request, "matters/register.html", {"form": form})


def registered(
    request: "ReceptionRequest", raised: "Raised", *, on_phone: bool = False
) -> "HttpResponse":
    """Answer with the receipt itself: it stands in no address and no session."""
    address = request.build_absolute_uri(reverse("channels:progress"))
    seen = matters_seen_by(request.desk.standing).filter(pk=raised.matter.pk)
    context = {
        "matter": raised.matter,
        "is_open": seen.exists(),
        "receipt": raised.receipt,
        "qr": segno.make(f"{address}#{raised.receipt}", error="m").svg_data_uri(
            border=2
        ),
        "address": address,
        "on_phone": on_phone,
    }
    return render(request, "matters/registered.html", context)
