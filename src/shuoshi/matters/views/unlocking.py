"""What a member of the committee has unlocked: half in the session, half in the browser."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from shuoshi.accounts.rules.sessions import SIGNED_IN
from shuoshi.matters.rules.committee import (
    for_the_session,
    holds_the_seal,
    of_the_session,
)


if TYPE_CHECKING:
    from shuoshi.common.keypairs import Secret
    from shuoshi.org.rules.standing import Standing

KEPT = "committee"


def secrets_of(request: HttpRequest, person: "Standing") -> "dict[str, Secret]":
    """Return the secret half that the sign-in of a member has unlocked, by its key."""
    cookie = request.COOKIES.get(settings.SHUOSHI_COMMITTEE_COOKIE)
    if not cookie or not holds_the_seal(person):
        return {}
    kept, session = request.session.get(KEPT), request.session.get(SIGNED_IN)
    if not kept or not session:
        return {}
    secret = of_the_session(cookie, kept["sealed"], kept["key"], session=session)
    return {} if secret is None else {kept["key"]: secret}


def keep(
    request: HttpRequest, answer: HttpResponse, key_id: str, secret: "Secret"
) -> HttpResponse:
    """Keep the secret half as long as the sign-in lasts, or until it is locked again."""
    cookie, sealed = for_the_session(secret, key_id, session=request.session[SIGNED_IN])
    request.session[KEPT] = {"key": key_id, "sealed": sealed}
    answer.set_cookie(
        settings.SHUOSHI_COMMITTEE_COOKIE,
        cookie,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer


def lock(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Forget both halves."""
    request.session.pop(KEPT, None)
    answer.delete_cookie(settings.SHUOSHI_COMMITTEE_COOKIE, samesite="Strict")
    return answer
