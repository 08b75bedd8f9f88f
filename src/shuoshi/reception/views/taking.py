"""The call sheet, and letters from their scans."""

import secrets
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.matters.actions.raising import register_matter
from shuoshi.reception.actions.call_drafts import drop_call, keep_call
from shuoshi.reception.actions.letters import register_letter
from shuoshi.reception.forms.taking import BY_CALL, CallForm, ScanForm
from shuoshi.reception.queries.call_drafts import call_kept_for
from shuoshi.reception.queries.letters import who_may_open
from shuoshi.reception.views.registering import registered
from shuoshi.reception.views.seat import ReceptionRequest, for_reception


if TYPE_CHECKING:
    from shuoshi.matters.actions.raising import Raised


@sensitive_post_parameters()
@for_reception
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: ReceptionRequest) -> HttpResponse:
    """Take down a call in the order in which one speaks."""
    standing = request.desk.standing
    sent = (request.POST,) if request.method == "POST" else ()
    kept = {} if sent else call_kept_for(standing)
    start = {**kept, "nonce": secrets.token_urlsafe(16)}
    form = CallForm(standing.mine_id or 0, *sent, initial=start)
    if form.is_valid():
        try:
            raised = register_matter(
                form.saying,
                channel=BY_CALL,
                by=standing,
                now=request.desk.now,
                nonce=form.cleaned_data["nonce"],
            )
        except NotPermitted:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            drop_call(standing)
            return registered(request, raised, on_phone=True)
    context = {"form": form, "who": request.user.name, "kept": bool(kept)}
    status = 422 if form.errors else 200
    return render(request, "reception/call.html", context, status=status)


@sensitive_post_parameters()
@for_reception
@require_POST
def keep(request: ReceptionRequest) -> HttpResponse:
    """Keep the sheet while it is filled in, or forget it if that is wished."""
    standing, moment = request.desk.standing, request.desk.now
    if "drop" in request.POST:
        drop_call(standing)
        return redirect("reception:take_call")
    names = CallForm(standing.mine_id or 0).fields.keys() - {"nonce"}
    given = {name: request.POST[name] for name in names if name in request.POST}
    done = keep_call(given, by=standing, now=moment)
    context = {"kept": done, "at": moment}
    return render(request, "reception/parts/kept.html", context)


@sensitive_post_parameters()
@for_reception
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: ReceptionRequest) -> HttpResponse:
    """Take down a letter from its scan."""
    standing = request.desk.standing
    people = [(one.pk, one.name) for one in who_may_open(standing)]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    start = {"nonce": secrets.token_urlsafe(16)}
    form = ScanForm(standing.mine_id or 0, *sent, people=people, initial=start)
    if form.is_valid():
        try:
            return registered(request, _register(request, form))
        except NotPermitted:
            raise
        except Refused as refusal:
            form.refuse(refusal)
    status = 422 if form.errors else 200
    return render(request, "reception/scan.html", {"form": form}, status=status)


def _register(request: ReceptionRequest, form: ScanForm) -> "Raised":
    given = form.cleaned_data
    return register_letter(
        form.saying,
        given["scan"],
        found_at=given["found_at"],
        opened_with=given["opened_with"],
        by=request.desk.standing,
        now=request.desk.now,
        nonce=given["nonce"],
    )
