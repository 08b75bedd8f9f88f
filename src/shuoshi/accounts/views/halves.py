"""Between the password and the second factor: somebody is half in, and is nobody yet."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now

from shuoshi.accounts.queries.belonging import needs_second
from shuoshi.accounts.queries.factors import factors_of
from shuoshi.accounts.queries.people import person_numbered
from shuoshi.accounts.rules.sessions import HALF, How
from shuoshi.accounts.views.doors import let_in
from shuoshi.common.pages import go


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from shuoshi.accounts.models import User
    from shuoshi.common.pages import Request

KEY = "half_in"


def let_half_in(
    request: "Request", person: "User", onward: str, *, how: How
) -> "HttpResponseBase":
    """Ask for the second factor, have one made where it is a must, or let in."""
    asked = bool(factors_of(person))
    if not asked and not needs_second(person):
        return let_in(request, person, onward, how=how, second=False)
    request.session.cycle_key()
    request.session[KEY] = {
        "person": person.pk,
        "at": now().isoformat(),
        "how": how.value,
        "onward": onward,
        "hash": person.get_session_auth_hash(),
    }
    return go(request, "accounts:second" if asked else "accounts:enrol")


def half_in(request: HttpRequest) -> "User | None":
    """Return who has shown the password within ten minutes, and nothing else yet."""
    half = request.session.get(KEY)
    if not half or now() - datetime.fromisoformat(half["at"]) > HALF:
        return None
    person = person_numbered(half["person"])
    if person is None:
        return None
    same = constant_time_compare(half["hash"], person.get_session_auth_hash())
    return person if same else None


def let_wholly_in(request: "Request", person: "User") -> "HttpResponseBase":
    """Let in who has shown both."""
    half = request.session.pop(KEY)
    how = How(half["how"])
    return let_in(request, person, half["onward"], how=how, second=True)


def onward_of(request: HttpRequest) -> str:
    return str(request.session[KEY]["onward"])
