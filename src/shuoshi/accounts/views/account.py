"""One's own account: password, factors, where one is signed in, tokens."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from shuoshi.accounts.actions.factors import (
    confirm_app,
    give_recovery_codes,
    prove_code,
    remove_app,
    remove_passkey,
)
from shuoshi.accounts.actions.people import change_password, withdraw_token
from shuoshi.accounts.actions.record import see_tellings
from shuoshi.accounts.actions.sessions import end_session, end_sessions, mark_proved
from shuoshi.accounts.actions.signing_in import Attempt, NotKnown, prove_password
from shuoshi.accounts.forms import CodeForm, PasswordForm, ProveForm
from shuoshi.accounts.queries.belonging import needs_second
from shuoshi.accounts.queries.factors import factors_of
from shuoshi.accounts.queries.people import tokens_of
from shuoshi.accounts.queries.sessions import session_limits, sessions_of
from shuoshi.accounts.rules.throttles import block_of
from shuoshi.accounts.views.doors import (
    freshly_proved,
    known_device,
    next_page,
    own_page,
    sent,
    session_of,
)
from shuoshi.accounts.views.enrolling import app_shown
from shuoshi.accounts.views.passkeys import answered, ask_for_new, ask_for_proof, made
from shuoshi.common.pages import Request, address_of, go, page
from shuoshi.common.refusals import Missing, Refused


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from shuoshi.accounts.models import Session


def _here(request: Request) -> "Session":
    session = session_of(request)
    if session is None:  # pragma: no cover - every page here asks for one
        raise Http404
    return session


@own_page
@require_safe
def account(request: Request) -> "HttpResponseBase":
    moment = now()
    context = {
        "factors": factors_of(request.user),
        "must": needs_second(request.user),
        "sessions": sessions_of(request.user, now=moment),
        "here": _here(request).pk,
        "limits": session_limits(),
        "tokens": tokens_of(request.user, now=moment),
    }
    return page(request, "accounts/account.html", "", context)


@sensitive_post_parameters()
@own_page
@require_http_methods(["GET", "POST"])
def password(request: Request) -> "HttpResponseBase":
    form = PasswordForm(
        sent(request),
        person=request.user,
        proved=lambda old: _is_right(request, old),
    )
    if form.is_valid():
        change_password(
            request.user,
            password=form.cleaned_data["new"],
            now=now(),
            here=_here(request).pk,
        )
        update_session_auth_hash(request, request.user)
        messages.success(request, _("密码已经修改，在别处的登录都已退出。"))
        return go(request, "accounts:password")
    return page(request, "accounts/password.html", "form", {"form": form})


@sensitive_post_parameters()
@own_page
@require_http_methods(["GET", "POST"])
def prove(request: Request) -> "HttpResponseBase":
    person, onward = request.user, next_page(request, "accounts:account")
    form = ProveForm(sent(request) if "proof" in request.POST else None)
    try:
        if "passkey" in request.POST:
            answered(request, person)
            mark_proved(_here(request), now=now())
            return go(request, onward)
        if form.is_valid():
            _prove(request, form.cleaned_data["proof"])
            mark_proved(_here(request), now=now())
            return go(request, onward)
    except Refused as refusal:
        form = ProveForm(request.POST)
        form.add_error("proof" if refusal.field else None, refusal.message)
    passkeys = factors_of(person).passkeys
    context = {
        "form": form,
        "next": onward,
        "asked": ask_for_proof(request, person) if passkeys else "",
    }
    return page(request, "accounts/prove.html", "", context)


def _prove(request: Request, proof: str) -> None:
    """Take the password, or the code of the app where it looks like one."""
    person = request.user
    if len(proof) == 6 and proof.isdigit() and factors_of(person).app:
        prove_code(person, code=proof, now=now())
        return
    prove_password(_attempt(request, proof), now=now())


def _is_right(request: Request, password: str) -> bool:
    """
    Tell whether this is the person's password.

    :raises TooOften: if it was tried too often.
    """
    try:
        prove_password(_attempt(request, password), now=now())
    except NotKnown:
        return False
    return True


def _attempt(request: Request, password: str) -> Attempt:
    name = request.user.username
    mark = known_device(request, name) or str(_here(request).pk)
    block = block_of(address_of(request))
    return Attempt(name, password, block=block, device=mark)


@own_page
@require_POST
def end(request: Request, uid: UUID) -> "HttpResponseBase":
    try:
        end_session(uid, of=request.user, now=now(), verb="session_ended")
    except Missing as missing:
        raise Http404 from missing
    messages.success(request, _("那里的登录已经结束。"))
    return go(request, "accounts:account")


@own_page
@require_POST
def end_others(request: Request) -> "HttpResponseBase":
    end_sessions(request.user, now=now(), but=_here(request).pk)
    messages.success(request, _("在别处的登录都已结束。"))
    return go(request, "accounts:account")


@own_page
@require_POST
def told(request: Request) -> "HttpResponseBase":
    see_tellings(request.user, now=now())
    return go(request, next_page(request, "accounts:account"))


@freshly_proved
@require_http_methods(["GET", "POST"])
def add_app(request: Request) -> "HttpResponseBase":
    person = request.user
    if factors_of(person).app:
        return go(request, "accounts:account")
    form = CodeForm(sent(request))
    if form.is_valid():
        try:
            confirm_app(person, code=form.cleaned_data["code"], now=now())
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return _codes(request)
    return page(request, "accounts/app.html", "", {"form": form, **app_shown(person)})


@freshly_proved
@require_POST
def new_codes(request: Request) -> "HttpResponseBase":
    if not factors_of(request.user):
        return go(request, "accounts:account")
    return _codes(request)


def _codes(request: Request) -> "HttpResponseBase":
    codes = give_recovery_codes(request.user, now=now())
    context = {"codes": codes, "onward": next_page(request, "accounts:account")}
    return page(request, "accounts/codes.html", "", context)


@freshly_proved
@require_POST
def drop_app(request: Request) -> "HttpResponseBase":
    try:
        remove_app(request.user, now=now())
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("验证器已经移除。"))
    return go(request, "accounts:account")


@freshly_proved
@require_http_methods(["GET", "POST"])
def add_passkey(request: Request) -> "HttpResponseBase":
    message = ""
    if request.method == "POST":
        try:
            made(request, request.user)
        except Refused as refusal:
            message = refusal.message
        else:
            messages.success(request, _("通行密钥已经加上，下次登录可以直接用它。"))
            return go(request, "accounts:account")
    context = {"asked": ask_for_new(request, request.user), "message": message}
    answer = page(request, "accounts/new_passkey.html", "", context)
    answer.status_code = 422 if message else 200
    return answer


@freshly_proved
@require_POST
def drop_passkey(request: Request, uid: UUID) -> "HttpResponseBase":
    try:
        remove_passkey(request.user, str(uid), now=now())
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("通行密钥已经移除。"))
    return go(request, "accounts:account")


@freshly_proved
@require_POST
def drop_token(request: Request, token_id: int) -> "HttpResponseBase":
    try:
        withdraw_token(request.user, token_id, now=now())
    except Missing as missing:
        raise Http404 from missing
    messages.success(request, _("令牌已经撤销。"))
    return go(request, "accounts:account")
