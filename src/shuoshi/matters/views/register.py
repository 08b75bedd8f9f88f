"""Register what somebody says at the desk, on the telephone or in a letter."""

import secrets
from typing import TYPE_CHECKING

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.matters.actions.raising import register_matter
from shuoshi.matters.forms.register import AT_DESK, RegisterForm
from shuoshi.matters.forms.steps import StepForm
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.rules.access import may_register
from shuoshi.matters.rules.states import Channel
from shuoshi.matters.rules.table import STEPS
from shuoshi.matters.views.desk import DeskRequest, at_work


if TYPE_CHECKING:
    from shuoshi.matters.actions.raising import Raised

CHANNEL_COOKIE = "shuoshi_channel"
A_YEAR = 365 * 24 * 60 * 60


@sensitive_post_parameters()
@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: DeskRequest) -> HttpResponse:
    standing = request.desk.standing
    if not may_register(standing):
        raise NotPermitted(_("只有接待人员可以登记。"))
    mine_id = standing.mine_id or 0
    if request.method != "POST":
        fresh = RegisterForm(mine_id, initial=_initial(request))
        return render(request, "matters/register.html", {"form": fresh})
    form = RegisterForm(mine_id, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            raised = register_matter(
                form.saying,
                channel=given["channel"],
                by=standing,
                now=request.desk.now,
                nonce=given["nonce"],
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _registered(request, raised, given["channel"])
    return render(request, "matters/register.html", {"form": form}, status=422)


def _initial(request: DeskRequest) -> dict[str, str]:
    last = request.COOKIES.get(CHANNEL_COOKIE, "")
    known = last in [one.value for one in AT_DESK]
    return {
        "nonce": secrets.token_urlsafe(16),
        "channel": last if known else Channel.WALK_IN,
    }


def _registered(request: DeskRequest, raised: "Raised", channel: str) -> HttpResponse:
    """Answer with the receipt itself: it stands in no address and no session."""
    matter, address = (
        raised.matter,
        request.build_absolute_uri(reverse("channels:progress")),
    )
    code = segno.make(f"{address}#{raised.receipt}", error="m")
    # Who is of the line of whom the speaker named has just been put out of it.
    is_open = matters_seen_by(request.desk.standing).filter(pk=matter.pk).exists()
    context = {
        "matter": matter,
        "is_open": is_open,
        "receipt": raised.receipt,
        "qr": code.svg_data_uri(border=2),
        "address": address,
        "on_phone": channel == Channel.PHONE,
    }
    if "solve" in request.POST and is_open:
        step = STEPS["solve_on_spot"]
        context["step"] = step
        context["form"] = StepForm(step, matter, request.desk.standing)
    answer = render(request, "matters/registered.html", context)
    answer.set_cookie(
        CHANNEL_COOKIE,
        channel,
        max_age=A_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer
