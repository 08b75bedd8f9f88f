"""Leave for the company's sign-in, and come back from it."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, resolve_url
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shuoshi.accounts.actions.company import (
    CompanyRefused,
    company_address,
    person_from_company,
)
from shuoshi.accounts.rules.company import Asked, Company
from shuoshi.accounts.rules.sessions import How
from shuoshi.accounts.views.doors import next_page
from shuoshi.accounts.views.halves import let_half_in
from shuoshi.common.pages import Request


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

KEY = "company_asked"


def _company() -> Company:
    company: Company | None = settings.SHUOSHI_OIDC
    if company is None:
        raise Http404
    return company


def _back(request: Request) -> str:
    return request.build_absolute_uri(resolve_url("accounts:company_back"))


@never_cache
@require_safe
def leave(request: Request) -> "HttpResponseBase":
    company, asked = _company(), Asked.draw()
    try:
        address = company_address(company, asked, back=_back(request))
    except CompanyRefused as refusal:
        return _refused(request, refusal)
    onward = next_page(request, settings.LOGIN_REDIRECT_URL)
    request.session[KEY] = {**asdict(asked), "onward": onward}
    return redirect(address)


@never_cache
@require_safe
def come_back(request: Request) -> "HttpResponseBase":
    company, kept = _company(), request.session.pop(KEY, None)
    if kept is None:
        return redirect("accounts:sign_in")
    onward = kept.pop("onward")
    try:
        person = person_from_company(
            company,
            Asked(**kept),
            state=request.GET.get("state", ""),
            code=request.GET.get("code", ""),
            back=_back(request),
            now=now(),
        )
    except CompanyRefused as refusal:
        return _refused(request, refusal)
    return let_half_in(request, person, onward, how=How.COMPANY)


def _refused(request: Request, refusal: CompanyRefused) -> "HttpResponseBase":
    messages.error(request, refusal.message)
    return redirect("accounts:sign_in")
