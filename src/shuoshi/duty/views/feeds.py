"""Turns in one's own calendar, behind a secret address."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shuoshi.common.refusals import NotPermitted
from shuoshi.duty.actions.feeds import end_feed, make_feed
from shuoshi.duty.queries.feeds import calendar_behind, feed_behind
from shuoshi.duty.rules.access import takes_turns
from shuoshi.duty.views.seat import RosterRequest, for_roster


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@for_roster
@require_POST
def subscribe(request: RosterRequest) -> "HttpResponseBase":
    """Show a new secret address, this once; or end the one there is."""
    if not takes_turns(request.standing):
        raise NotPermitted(_("只有轮流值班的人可以订阅。"))
    if "end" in request.POST:
        end_feed(by=request.standing, now=request.moment)
        messages.success(request, _("订阅地址已作废。"))
        return redirect("duty:roster")
    secret = make_feed(by=request.standing, now=request.moment)
    address = request.build_absolute_uri(reverse("duty:feed", args=[secret]))
    return render(request, "duty/feed.html", {"address": address})


@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """
    Answer a calendar that knows the secret: no cookie, no account.

    :raises Http404: for any other secret.
    """
    found, moment = feed_behind(secret), now()
    if found is None:
        raise Http404
    content = calendar_behind(found, today=localdate(moment), moment=moment)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="duty.ics"'
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
