"""Who a program acts for."""

from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from ninja import Router, Status
from ninja.security import HttpBearer

from shuoshi.accounts.actions.people import give_token
from shuoshi.accounts.models import User
from shuoshi.accounts.queries.people import person_with_token
from shuoshi.channels.api.errors import FOR_STAFF, UNREADABLE, NotKnown
from shuoshi.channels.api.schemas import Credentials, TokenOut
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.standing import Standing


class StaffRequest(HttpRequest):
    """A request of somebody whose token was looked at."""

    auth: Standing


class TokenAuth(HttpBearer):
    """A token stands for a person, with exactly what that person may do now."""

    def authenticate(self, request: HttpRequest, token: str) -> Standing | None:
        """Return the standing of the person, none if the token is not good any more."""
        person = person_with_token(token, now=now())
        return standing_of(person) if person else None


router = Router(tags=["令牌"])


@router.post(
    "/tokens",
    response={201: TokenOut, **FOR_STAFF, **UNREADABLE},
    summary="领取令牌",
)
def open_token(request: HttpRequest, who: Credentials) -> Any:
    """Give a token for a log-in name and password; it runs out after ninety days."""
    person = authenticate(request, username=who.username, password=who.password)
    if not isinstance(person, User):
        raise NotKnown(_("登录名或者密码不对。"))
    token, expires = give_token(person, purpose="api", now=now())
    return Status(201, {"token": token, "expires": localtime(expires)})
