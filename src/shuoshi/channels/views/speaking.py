"""Raise a matter without an account."""

from typing import TYPE_CHECKING

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shuoshi.channels.actions.proofs import SPEAKING, ProofNeeded
from shuoshi.channels.actions.speaking import naming_nobody, speak_up
from shuoshi.channels.forms.speaking import CLAIMS, SpeakForm, new_nonce
from shuoshi.channels.queries.mines import mine_called
from shuoshi.channels.queries.roads import road_is_open
from shuoshi.channels.rules.roads import RoadShut
from shuoshi.common.refusals import Refused
from shuoshi.common.traces import leaves_no_trace
from shuoshi.matters.actions.raising import Raised
from shuoshi.matters.actions.referring import refer
from shuoshi.matters.queries.progress import progress_of
from shuoshi.matters.queries.referrals import higher_organ_of
from shuoshi.matters.rules.sayings import MOST_PLACE, MOST_TEXT
from shuoshi.matters.rules.states import Channel
from shuoshi.org.queries.generation import generation


if TYPE_CHECKING:
    from shuoshi.org.models import Mine


# Exempt, for there is nothing to ride on: no account, no cookie, no session. A page
# elsewhere that sends this form raises a matter as its own visitor could, and learns
# no receipt. A token would need a cookie, and the anonymous get none.
@csrf_exempt
@leaves_no_trace
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def speak(request: HttpRequest) -> HttpResponse:
    at = generation()
    mine = mine_called(request.GET.get("mine", ""), at=at)
    if mine is None:
        raise Http404
    # A poster names the place where it hangs; who scanned it may say another.
    place = request.GET.get("place", "")[:MOST_PLACE]
    road = Channel.QR if place else Channel.WEB
    if not road_is_open(road, mine_id=mine.pk, at=at):
        return _shut(request, mine)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    if sent:
        try:
            # Before files are looked into, which costs more than the proof.
            SPEAKING.let_in(request.POST.get("proof", ""), now=now())
        except ProofNeeded as refusal:
            kept = {**request.POST.dict(), "nonce": new_nonce()}
            form = SpeakForm(mine.pk, initial=kept)
            return _form(request, form, mine, busy=refusal.message, status=429)
    if sent and request.POST.get("higher"):
        return _referred(request, mine)
    form = SpeakForm(mine.pk, *sent, initial={"nonce": new_nonce(), "place": place})
    if form.is_valid():
        try:
            with naming_nobody(form.saying):
                raised = speak_up(
                    form.saying,
                    form.cleaned_data["photos"],
                    mine_id=mine.pk,
                    channel=road,
                    now=now(),
                    nonce=form.cleaned_data["nonce"],
                )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            SPEAKING.count(now())
            return _receipt(request, raised)
    return _form(request, form, mine, status=422 if form.errors else 200)


def _shut(request: HttpRequest, mine: "Mine") -> HttpResponse:
    """Say that one cannot speak here now, and give back what was written."""
    said = request.POST.get("text", "")[:MOST_TEXT]
    context = {"mine": mine, "words": RoadShut().message, "said": said}
    status = 422 if request.method == "POST" else 200
    return render(request, "channels/shut.html", context, status=status)


def _referred(request: HttpRequest, mine: "Mine") -> HttpResponse:
    """Keep nothing of what was written, not even to look whether it is whole."""
    taken = refer(mine_id=mine.pk, channel=Channel.WEB, now=now())
    SPEAKING.count(now())
    claims = [f"claim_{place}" for place in range(1, CLAIMS + 1)]
    written = [request.POST.get(name, "").strip() for name in ("text", *claims)]
    context = {
        "taken": taken,
        "where": higher_organ_of(mine.pk),
        "said": [text[:MOST_TEXT] for text in written if text],
    }
    return render(request, "channels/higher.html", context)


def _form(
    request: HttpRequest, form: SpeakForm, mine: "Mine", *, status: int, busy: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "mine": mine,
        "busy": busy,
        "puzzle": SPEAKING.puzzle(now()),
    }
    return render(request, "channels/speak.html", context, status=status)


def _receipt(request: HttpRequest, raised: Raised) -> HttpResponse:
    """Show the receipt, this once: a redirect would put it into an address."""
    back = request.build_absolute_uri(reverse("channels:progress"))
    # After the #, so that no server's log ever holds the digits.
    code = segno.make(f"{back}#{raised.receipt}", error="m")
    context = {
        "receipt": raised.receipt,
        "progress": progress_of(raised.matter),
        "qr": code.svg_data_uri(border=2, omitsize=True),
    }
    return render(request, "channels/receipt.html", context)
