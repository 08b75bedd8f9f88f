"""What takes two: ask, confirm, say no; the auditor sees all of it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from shuoshi.administrators.forms import AskForm
from shuoshi.administrators.views.office import OfficeRequest, for_administrators
from shuoshi.administrators.views.people import link_of, person_here, unit_choices
from shuoshi.common.pages import go, page
from shuoshi.common.refusals import Refused
from shuoshi.org.actions.proposals import confirm, decline, propose, read_half
from shuoshi.org.queries.proposals import (
    proposal_seen_by,
    proposals_seen_by,
    reason_of,
    waiting_proposals,
)
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.proposals import ROWS, ProposalKind, may_confirm


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from shuoshi.org.models import Proposal

A_PAGE = 50


def _found(request: OfficeRequest, uid: UUID) -> "Proposal":
    found = proposal_seen_by(request.desk.standing, uid)
    if found is None:
        raise Http404
    return found


@for_administrators()
@require_safe
def proposals(request: OfficeRequest) -> "HttpResponseBase":
    seen = proposals_seen_by(request.desk.standing)
    shown = Paginator(seen, A_PAGE).get_page(request.GET.get("page"))
    return page(request, "administrators/proposals.html", "", {"shown": shown})


@for_administrators()
@require_safe
def proposal(request: OfficeRequest, uid: UUID) -> "HttpResponseBase":
    found, standing = _found(request, uid), request.desk.standing
    waits = waiting_proposals(now=request.desk.now).filter(pk=uid).exists()
    kind = ProposalKind(found.kind)
    context = {
        "proposal": found,
        "reason": reason_of(found),
        "waits": waits,
        "may_confirm": waits
        and may_confirm(
            standing, kind, asked_by=found.asked_by_id, person_id=found.person_id
        ),
        "may_read_half": bool(found.half) and found.asked_by_id == standing.person_id,
        "glass": ROWS[kind].breaks_glass,
    }
    return page(request, "administrators/proposal.html", "", context)


@for_administrators()
@require_http_methods(["GET", "POST"])
def ask(request: OfficeRequest, person_id: int, kind: str) -> "HttpResponseBase":
    person, standing = person_here(request, person_id), request.desk.standing
    asked = next((one for one in ProposalKind if one.lower() == kind), None)
    if asked is None or not standing.is_any(*ROWS[asked].asks):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, kind=asked, units=unit_choices(request))
    if form.is_valid():
        given = dict(form.cleaned_data)
        unit = given.pop("unit", None)
        if unit:
            given["unit"] = tree_of(standing.mine_id or 0).units[int(unit)]
        try:
            made = propose(asked, person, **given, by=standing, now=request.desk.now)
        except Refused as refusal:
            form.add_error(
                refusal.field if refusal.field in form.fields else None,
                refusal.message,
            )
        else:
            messages.success(request, _("已经提出，等另一名管理员在一天之内确认。"))
            return go(request, resolve_url("administrators:proposal", made.pk))
    context = {"form": form, "kind": asked, "person": person, "row": ROWS[asked]}
    return page(request, "administrators/ask.html", "form", context)


@for_administrators()
@require_POST
def agree(request: OfficeRequest, uid: UUID) -> "HttpResponseBase":
    found = _found(request, uid)
    try:
        invited = confirm(found, by=request.desk.standing, now=request.desk.now)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _back(request, uid)
    if invited is None:
        messages.success(request, _("已经确认，并且办好了。"))
        return _back(request, uid)
    context = {
        "person": found.person,
        "link": link_of(request, invited),
        "until": invited.expires_at,
        "reset": True,
        "asked_by": found.asked_by,
    }
    return page(request, "administrators/invited.html", "", context)


@for_administrators()
@require_POST
def refuse(request: OfficeRequest, uid: UUID) -> "HttpResponseBase":
    try:
        decline(_found(request, uid), by=request.desk.standing, now=request.desk.now)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("没有同意，什么也没有变。"))
    return _back(request, uid)


@for_administrators()
@require_POST
def half(request: OfficeRequest, uid: UUID) -> "HttpResponseBase":
    found = _found(request, uid)
    try:
        told = read_half(found, by=request.desk.standing, now=request.desk.now)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _back(request, uid)
    context = {"person": found.person, "half": told}
    return page(request, "administrators/half.html", "", context)


def _back(request: OfficeRequest, uid: UUID) -> "HttpResponseBase":
    return go(request, resolve_url("administrators:proposal", uid))
