"""My information, for who holds the receipt: it stands in the form and in no address."""

import json
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shuoshi.channels.actions.proofs import (
    ASKING,
    ProofNeeded,
    matter_behind,
    pass_for,
)
from shuoshi.common.refusals import Refused
from shuoshi.common.traces import leaves_no_trace
from shuoshi.matters.actions.raising import matter_of_receipt
from shuoshi.matters.rules.receipts import cleaned
from shuoshi.rights.actions.own import ACTS
from shuoshi.rights.forms.own import FORMS, ReceiptForm, RefusableForm
from shuoshi.rights.queries.own import copy_of, own_of


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter

LONGEST = 60
LONGEST_ID = 18


# Exempt as the page of progress is: only who holds the receipt can do anything here, and
# the receipt is in the form, never in a cookie.
@csrf_exempt
@leaves_no_trace
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    receipt = _receipt_in(request)
    matter = _let_in(request, receipt)
    if isinstance(matter, HttpResponse):
        return matter
    return _show(request, matter, receipt)


@csrf_exempt  # As above.
@leaves_no_trace
@sensitive_post_parameters()
@require_http_methods(["POST"])
def own_act(request: HttpRequest, name: str) -> HttpResponse:
    if name not in ACTS:
        raise Http404
    receipt = _receipt_in(request)
    matter = _let_in(request, receipt)
    if isinstance(matter, HttpResponse):
        return matter
    form = FORMS[name](request.POST, auto_id=f"{name}_%s")
    if form.is_valid():
        given = {**form.cleaned_data, "consent": _id_in(request)}
        try:
            told = ACTS[name](matter, given, now=now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            again = matter_of_receipt(receipt) or matter
            return _show(request, again, receipt, told=told)
    return _show(request, matter, receipt, tried=(name, form))


@csrf_exempt  # As above.
@leaves_no_trace
@sensitive_post_parameters()
@require_http_methods(["POST"])
def own_copy(request: HttpRequest) -> HttpResponse:
    """Hand over everything as a file that programs read too."""
    matter = _let_in(request, _receipt_in(request))
    if isinstance(matter, HttpResponse):
        return matter
    body = json.dumps(copy_of(matter), ensure_ascii=False, indent=2)
    name = f"{matter.number}-my-information.json"
    return HttpResponse(
        body,
        content_type="application/json; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _receipt_in(request: HttpRequest) -> str:
    return cleaned(request.POST.get("receipt", "")[:LONGEST])


def _let_in(request: HttpRequest, receipt: str) -> "Matter | HttpResponse":
    """Return the matter of a receipt, or the answer to who does not hold one."""
    if not receipt:
        return _ask(request)
    shown = {name: request.POST.get(name, "") for name in ("proof", "seen")}
    try:
        matter = matter_behind(receipt, **shown, now=now())
    except ProofNeeded as refusal:
        return _ask(request, busy=refusal.message)
    return _ask(request) if matter is None else matter


def _id_in(request: HttpRequest) -> int:
    written = request.POST.get("consent", "")[:LONGEST_ID]
    return int(written) if written.isascii() and written.isdigit() else 0


def _ask(request: HttpRequest, *, busy: str = "") -> HttpResponse:
    sent = request.method == "POST"
    form = ReceiptForm(request.POST if sent else None)
    if sent and form.is_valid() and not busy:
        form.add_error("receipt", _("没有找到这个回执号，请核对号码。"))
    status = 429 if busy else 422 if sent else 200
    context = {"form": form, "busy": busy, "puzzle": ASKING.puzzle(now())}
    return render(request, "rights/own_ask.html", context, status=status)


def _show(
    request: HttpRequest,
    matter: "Matter",
    receipt: str,
    *,
    told: str = "",
    tried: tuple[str, RefusableForm] | None = None,
) -> HttpResponse:
    forms: dict[str, Any] = {
        name: form(auto_id=f"{name}_%s") for name, form in FORMS.items()
    }
    refused: Any = ()
    if tried:
        forms[tried[0]] = tried[1]
        refused = tried[1].non_field_errors()
    context = {
        "own": own_of(matter),
        "receipt": receipt,
        "seen": pass_for(receipt, now=now()),
        "told": told,
        "refused": refused,
        "forms": forms,
        "today": now(),
    }
    status = 422 if tried else 200
    return render(request, "rights/own.html", context, status=status)
