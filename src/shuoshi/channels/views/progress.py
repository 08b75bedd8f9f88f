"""See how far a matter is, and take the steps that are the speaker's."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shuoshi.channels.actions.proofs import (
    ASKING,
    ProofNeeded,
    behind,
    matter_behind,
    pass_for,
)
from shuoshi.channels.actions.steps import steps_of_speaker
from shuoshi.channels.forms.speaking import ReceiptForm
from shuoshi.channels.queries.checking import check_of, paper_of
from shuoshi.common.refusals import Missing, Refused
from shuoshi.common.traces import leaves_no_trace
from shuoshi.files.rules.names import download_headers
from shuoshi.matters.actions.files import hand_out
from shuoshi.matters.actions.raising import matter_of_receipt
from shuoshi.matters.actions.steps import take_step
from shuoshi.matters.forms.steps import StepForm
from shuoshi.matters.queries.progress import progress_of
from shuoshi.matters.queries.referrals import higher_organ_of, letter_of_matter
from shuoshi.matters.rules.access import Permission
from shuoshi.matters.rules.receipts import cleaned, is_well_formed
from shuoshi.matters.rules.table import STEPS, Step
from shuoshi.org.rules.standing import speaker_of


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter


LONGEST = 60
ASKS = {"ask_review", "ask_final_review"}


# Exempt for the same reason as the form to speak: only who holds the receipt can do
# anything here, and the receipt is in the form, never in a cookie.
@csrf_exempt
@leaves_no_trace
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        receipt = cleaned(form.cleaned_data["receipt"])
        try:
            found = behind(receipt, **_shown(request), now=now())
        except ProofNeeded as refusal:
            return _ask(request, form, busy=refusal.message)
        if found.letter is not None:
            where = higher_organ_of(found.letter.mine_id)
            context = {"referral": found.letter, "where": where}
            return render(request, "channels/referral.html", context)
        if found.matter is not None:
            return _show(request, found.matter, receipt)
        form.add_error("receipt", _no_such(receipt))
    return _ask(request, form)


def _receipt_in(request: HttpRequest) -> str:
    return cleaned(request.POST.get("receipt", "")[:LONGEST])


def _let_in(request: HttpRequest, receipt: str) -> "Matter | HttpResponse":
    """Return the matter of a receipt, or the answer to who does not hold one."""
    form = ReceiptForm(request.POST)
    try:
        matter = matter_behind(receipt, **_shown(request), now=now())
    except ProofNeeded as refusal:
        return _ask(request, form, busy=refusal.message)
    if matter is None:
        form.add_error("receipt", _no_such(receipt))
        return _ask(request, form)
    return matter


def _shown(request: HttpRequest) -> dict[str, str]:
    """Return what somebody shows at the door: a proof of work, or a pass."""
    return {name: request.POST.get(name, "") for name in ("proof", "seen")}


@csrf_exempt  # As above.
@leaves_no_trace
@sensitive_post_parameters()
@require_http_methods(["POST"])
def progress_step(request: HttpRequest, name: str) -> HttpResponse:
    step = STEPS.get(name)
    if step is None or step.by is not Permission.SPEAK:
        raise Http404
    receipt = _receipt_in(request)
    matter = _let_in(request, receipt)
    if isinstance(matter, HttpResponse):
        return matter
    form = _form_of(step, matter, request)
    if form.is_valid():
        speaker = speaker_of(matter.pk, matter.mine_id)
        version = form.cleaned_data["version"]
        try:
            take_step(
                matter, name, by=speaker, now=now(), given=form.given, version=version
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            matter = matter_of_receipt(receipt) or matter
            return _show(request, matter, receipt, done=step)
    return _show(request, matter, receipt, tried=form)


@csrf_exempt  # As above.
@leaves_no_trace
@sensitive_post_parameters()
@require_http_methods(["POST"])
def progress_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand the speaker a file: by the receipt in the form, which stands in no address."""
    receipt = _receipt_in(request)
    matter = _let_in(request, receipt)
    if isinstance(matter, HttpResponse):
        return matter
    speaker = speaker_of(matter.pk, matter.mine_id)
    try:
        found = hand_out(matter, uid, by=speaker, now=now())
    except Missing as missing:
        raise Http404 from missing
    except Refused as refusal:
        context = {"why": refusal.message, "back": reverse("channels:progress")}
        return render(request, "files/unavailable.html", context, status=409)
    headers = download_headers(found.kind, found.place, number=matter.number)
    return HttpResponse(found.content, headers=headers)


@csrf_exempt  # As above.
@leaves_no_trace
@sensitive_post_parameters()
@require_http_methods(["POST"])
def progress_check(request: HttpRequest) -> HttpResponse:
    """Tell the speaker who read the matter, and whether it agrees with the seal."""
    receipt = _receipt_in(request)
    matter = _let_in(request, receipt)
    if isinstance(matter, HttpResponse):
        return matter
    if "paper" in request.POST and (paper := paper_of(matter)):
        answer = JsonResponse(paper, json_dumps_params={"ensure_ascii": False})
        name = f"{matter.number}-proof.json"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    context = {
        "matter": matter,
        "check": check_of(matter),
        "receipt": receipt,
        "seen": pass_for(receipt, now=now()),
    }
    return render(request, "channels/check.html", context)


def _no_such(receipt: str) -> str:
    # Looked up before it is judged: both answers take the same work.
    if is_well_formed(receipt):
        return _("没有找到这个回执号，请核对号码。")
    return _("回执号不对，请核对号码，一共16位数字。")


def _ask(request: HttpRequest, form: ReceiptForm, *, busy: str = "") -> HttpResponse:
    status = 429 if busy else 422 if form.errors else 200
    context = {"form": form, "busy": busy, "puzzle": ASKING.puzzle(now())}
    return render(request, "channels/ask.html", context, status=status)


def _form_of(
    step: Step, matter: "Matter", request: HttpRequest | None = None
) -> StepForm:
    speaker = speaker_of(matter.pk, matter.mine_id)
    given = (request.POST, request.FILES) if request else ()
    # Several forms on one page ask for a reason: names repeat, ids must not.
    return StepForm(step, matter, speaker, *given, auto_id=f"{step.name}_%s")


def _show(
    request: HttpRequest,
    matter: "Matter",
    receipt: str,
    *,
    done: Step | None = None,
    tried: StepForm | None = None,
) -> HttpResponse:
    moment = now()
    forms = [
        tried if tried and tried.step == step else _form_of(step, matter)
        for step in steps_of_speaker(matter, now=moment)
    ]
    context = {
        "progress": progress_of(matter),
        "letter": letter_of_matter(matter),
        "receipt": receipt,
        "seen": pass_for(receipt, now=moment),
        "forms": forms,
        "done": done,
        # A step that is no longer open has no form to show its refusal.
        "refused": tried if tried and tried not in forms else None,
        "asks": any(form.step.name in ASKS for form in forms),
        "now": moment,
    }
    status = 422 if tried else 200
    return render(request, "channels/progress.html", context, status=status)
