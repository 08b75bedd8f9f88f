"""Sign in and out."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shuoshi.accounts.actions.factors import (
    confirm_app,
    give_recovery_codes,
    prove_code,
)
from shuoshi.accounts.actions.passkeys import PasskeyRefused
from shuoshi.accounts.actions.sessions import end_session
from shuoshi.accounts.actions.signing_in import Attempt, prove_password
from shuoshi.accounts.forms import CodeForm, SignInForm
from shuoshi.accounts.queries.factors import factors_of
from shuoshi.accounts.rules.sessions import How
from shuoshi.accounts.rules.throttles import block_of
from shuoshi.accounts.views.doors import (
    known_device,
    let_in,
    next_page,
    sent,
    session_of,
)
from shuoshi.accounts.views.enrolling import app_shown
from shuoshi.accounts.views.halves import (
    half_in,
    let_half_in,
    let_wholly_in,
    onward_of,
)
from shuoshi.accounts.views.passkeys import answered, ask_for_proof
from shuoshi.common.pages import Request, address_of, page
from shuoshi.common.refusals import Refused


if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> "HttpResponseBase":
    onward = next_page(request, settings.LOGIN_REDIRECT_URL)
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(onward)
    form = SignInForm(sent(request))
    if form.is_valid():
        given = form.cleaned_data
        attempt = Attempt(
            given["username"],
            given["password"],
            block=block_of(address_of(request)),
            device=known_device(request, given["username"]),
        )
        try:
            person = prove_password(attempt, now=now())
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return let_half_in(request, person, onward, how=How.PASSWORD)
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next"),
        "undemanded": not settings.SHUOSHI_SECOND_FACTOR,
        "company": settings.SHUOSHI_OIDC.name if settings.SHUOSHI_OIDC else "",
    }
    return page(request, "accounts/sign_in.html", "", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def second(request: Request) -> "HttpResponseBase":
    person = half_in(request)
    if person is None:
        return redirect("accounts:sign_in")
    form = CodeForm(sent(request) if "code" in request.POST else None)
    try:
        if "passkey" in request.POST:
            answered(request, person)
            return let_wholly_in(request, person)
        if form.is_valid():
            prove_code(person, code=form.cleaned_data["code"], now=now())
            return let_wholly_in(request, person)
    except Refused as refusal:
        form = CodeForm(request.POST)
        form.add_error(refusal.field, refusal.message)
    factors = factors_of(person)
    context = {
        "form": form,
        "factors": factors,
        "asked": ask_for_proof(request, person) if factors.passkeys else "",
    }
    return page(request, "accounts/second.html", "", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def enrol(request: Request) -> "HttpResponseBase":
    person = half_in(request)
    if person is None or factors_of(person):
        return redirect("accounts:sign_in" if person is None else "accounts:second")
    form = CodeForm(sent(request))
    if form.is_valid():
        try:
            confirm_app(person, code=form.cleaned_data["code"], now=now())
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            codes = give_recovery_codes(person, now=now())
            onward = onward_of(request)
            answer = let_wholly_in(request, person)
            shown = page(
                request, "accounts/codes.html", "", {"codes": codes, "onward": onward}
            )
            shown.cookies = answer.cookies
            return shown
    context = {"form": form, "person": person, **app_shown(person)}
    return page(request, "accounts/enrol.html", "", context)


@never_cache
@require_http_methods(["GET", "POST"])
def passkey(request: Request) -> "HttpResponseBase":
    onward = next_page(request, settings.LOGIN_REDIRECT_URL)
    message = ""
    if request.method == "POST":
        try:
            person = answered(request)
        except PasskeyRefused as refusal:
            message = refusal.message
        else:
            return let_in(request, person, onward, how=How.PASSKEY, second=True)
    context = {
        "asked": ask_for_proof(request),
        "message": message,
        "next": request.POST.get("next") or request.GET.get("next"),
    }
    answer = page(request, "accounts/passkey.html", "", context)
    answer.status_code = 422 if message else 200
    return answer


@require_POST
def sign_out(request: "HttpRequest") -> "HttpResponse":
    session = session_of(request)
    if session is not None:
        end_session(session.pk, of=session.person, now=now())
    logout(request)
    answer = redirect(settings.LOGOUT_REDIRECT_URL)
    # Whoever sits down next finds nothing behind the back button.
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer
