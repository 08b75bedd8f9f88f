"""Who a program acts for."""

from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localtime, now
from ninja import Router, Status
from ninja.security import HttpBearer

from shuoshi.accounts.actions.factors import prove_code
from shuoshi.accounts.actions.people import give_token, mark_used
from shuoshi.accounts.actions.signing_in import (
    Attempt,
    note_token_refused,
    prove_password,
)
from shuoshi.accounts.queries.belonging import needs_second
from shuoshi.accounts.queries.factors import factors_of
from shuoshi.accounts.queries.people import running_token
from shuoshi.accounts.rules.throttles import block_of
from shuoshi.channels.api.errors import FOR_STAFF, UNREADABLE, NotKnown
from shuoshi.channels.api.schemas import Credentials, TokenOut
from shuoshi.common.pages import address_of
from shuoshi.common.refusals import Refused
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.standing import Standing


class StaffRequest(HttpRequest):
    """A request of somebody whose token was looked at."""

    auth: Standing


class TokenAuth(HttpBearer):
    """A token stands for a person, with exactly what that person may do now."""

    def authenticate(self, request: HttpRequest, token: str) -> Standing | None:
        """Return the standing of the person, none if the token is not good any more."""
        moment = now()
        found = running_token(token, now=moment)
        if found is None:
            note_token_refused(block_of(address_of(request)), now=moment)
            return None
        mark_used(found, now=moment)
        return standing_of(found.person)


router = Router(tags=["令牌"])


@router.post(
    "/tokens",
    response={201: TokenOut, **FOR_STAFF, **UNREADABLE},
    summary="领取令牌",
)
def open_token(request: HttpRequest, who: Credentials) -> Any:
    """
    Give a token for a log-in name and password; it runs out after ninety days, or two weeks unused.

    Who has a second factor, or whose post demands one, sends its code along.
    """
    moment = now()
    try:
        attempt = Attempt(
            who.username, who.password, block=block_of(address_of(request))
        )
        person = prove_password(attempt, now=moment)
        second = bool(factors_of(person)) or needs_second(person)
        if second:
            prove_code(person, code=who.code, now=moment)
    except Refused as refusal:
        raise NotKnown(refusal.message) from None
    token, expires = give_token(person, purpose="api", now=moment, second=second)
    return Status(201, {"token": token, "expires": localtime(expires)})
