"""Let the company's own sign-in say who somebody is. It finds people, it makes none."""

import hmac
import json
from datetime import datetime
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.signing_in import tried_name
from shuoshi.accounts.models import User
from shuoshi.accounts.queries.people import person_named
from shuoshi.accounts.rules.company import ALGORITHMS, Asked, Company
from shuoshi.common.refusals import Refused
from shuoshi.trail.actions import note


TIMEOUT = 5
LONGEST = 1024 * 1024
LEEWAY = 30


class _NoDetour(HTTPRedirectHandler):
    """Follows nobody: only the addresses that were looked at are asked."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


NO_DETOUR = build_opener(_NoDetour)


class CompanyRefused(Refused):
    """The company's sign-in does not answer, or not about anybody here."""

    def __init__(self, message: str = "") -> None:
        """Say what to do; the cause is for the log."""
        super().__init__(
            message or _("单位统一登录没有通过，请再试一次，或者用密码登录。")
        )


def company_address(company: Company, asked: Asked, *, back: str) -> str:
    """
    Return the address at which the company asks who somebody is.

    :raises CompanyRefused: if it does not answer.
    """
    endpoint = str(_described(company)["authorization_endpoint"])
    return asked.address(endpoint, company, back=back)


def person_from_company(
    company: Company,
    asked: Asked,
    *,
    state: str,
    code: str,
    back: str,
    now: datetime,
) -> User:
    """
    Return the person of this house whom the company's signed word names.

    :raises CompanyRefused: if anything does not fit, or nobody here has that name.
    """
    if not hmac.compare_digest(asked.state.encode(), state.encode()) or not code:
        raise CompanyRefused
    claims = _claims(company, asked, code=code, back=back)
    name = str(claims.get(company.claim) or "")
    person = person_named(name) if name else None
    if person is None:
        detail = {"tried": tried_name(name), "how": "company"}
        note("accounts.refused", by="nobody", at=now, detail=detail)
        raise CompanyRefused(_("单位认识您，但这里没有您的账号。请找系统管理员。"))
    return person


def _claims(company: Company, asked: Asked, *, code: str, back: str) -> dict[str, Any]:
    told = _described(company)
    answer = _asked(
        str(told["token_endpoint"]),
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": company.client,
            "client_secret": company.secret,
            "code_verifier": asked.verifier,
        },
    )
    keys = _asked(str(told["jwks_uri"]))
    try:
        token = str(answer["id_token"])
        kid = jwt.get_unverified_header(token).get("kid")
        key = next(
            key for key in jwt.PyJWKSet.from_dict(keys).keys if key.key_id == kid
        )
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(ALGORITHMS),
            audience=company.client,
            issuer=company.issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "sub", "nonce"]},
        )
    except (jwt.PyJWTError, KeyError, StopIteration):
        raise CompanyRefused from None
    if not hmac.compare_digest(str(claims["nonce"]).encode(), asked.nonce.encode()):
        raise CompanyRefused
    return claims


def _described(company: Company) -> dict[str, Any]:
    told = _asked(f"{company.issuer.rstrip('/')}/.well-known/openid-configuration")
    wanted = {"authorization_endpoint", "token_endpoint", "jwks_uri"}
    if told.get("issuer") != company.issuer or not wanted <= told.keys():
        raise CompanyRefused
    return told


def _asked(url: str, form: dict[str, str] | None = None) -> dict[str, Any]:
    if not Company(url, "", "").is_safe:
        raise CompanyRefused
    body = urlencode(form).encode() if form else None
    try:
        # The scheme was looked at: https, or this machine itself.
        asked = Request(url, body)  # noqa: S310 - see above
        with NO_DETOUR.open(asked, timeout=TIMEOUT) as answer:
            read = json.loads(answer.read(LONGEST))
    except (URLError, TimeoutError, ValueError, OSError):
        raise CompanyRefused from None
    if not isinstance(read, dict):
        raise CompanyRefused
    return read
