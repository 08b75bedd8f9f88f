"""The end of a turn and the beginning of the next."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shuoshi.common.refusals import Outdated, Refused
from shuoshi.reception.actions.handovers import hand_over, take_over
from shuoshi.reception.forms.handovers import HandoverForm
from shuoshi.reception.queries.handovers import (
    handover_of,
    handovers_seen_by,
    handovers_waiting_for,
    shown_to,
    turn_today,
    unfinished_shown,
)
from shuoshi.reception.views.seat import ReceptionRequest, for_reception


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@sensitive_post_parameters()
@for_reception
@require_http_methods(["GET", "HEAD", "POST"])
def handovers(request: ReceptionRequest) -> "HttpResponseBase":
    standing, moment = request.desk.standing, request.desk.now
    form = HandoverForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            hand_over(form.cleaned_data["words"], by=standing, now=moment)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("已交班，下一班会看到。"))
            return redirect("reception:handovers")
    return _page(request, form)


def _page(request: ReceptionRequest, form: HandoverForm) -> HttpResponse:
    standing, moment = request.desk.standing, request.desk.now
    turn = turn_today(standing, now=moment)
    given = handover_of(turn) if turn else None
    context = {
        "form": form if form.errors or (turn and not given) else None,
        "turn": turn,
        "unfinished": unfinished_shown(standing) if turn and not given else [],
        "waiting": [shown_to(standing, one) for one in handovers_waiting_for(standing)],
        "seen": handovers_seen_by(standing),
    }
    status = 422 if form.errors else 200
    return render(request, "reception/handovers.html", context, status=status)


@for_reception
@require_POST
def take(request: ReceptionRequest, uid: UUID) -> "HttpResponseBase":
    """Take what the one before left."""
    try:
        take_over(uid, by=request.desk.standing, now=request.desk.now)
    except Outdated as outdated:
        messages.error(request, outdated.message)
    else:
        messages.success(request, _("已接班。"))
    return redirect("reception:handovers")
