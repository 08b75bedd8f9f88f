"""Ask the browser for a passkey, and read what it answers."""

import json
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.timezone import now

from shuoshi.accounts.actions.passkeys import (
    PasskeyRefused,
    Site,
    begin_proof,
    begin_registration,
    finish_registration,
    prove_passkey,
)


if TYPE_CHECKING:
    from shuoshi.accounts.models import User

KEY = "passkey_asked"


def site_of(request: HttpRequest) -> Site:
    """Return the address under which this request came; ALLOWED_HOSTS has judged it."""
    host = request.get_host()
    return Site(host.rpartition(":")[0] or host, f"{request.scheme}://{host}")


def ask_for_proof(request: HttpRequest, person: "User | None" = None) -> str:
    """Return what the browser is asked, as JSON for the page."""
    return _asked(request, begin_proof(site_of(request), person))


def ask_for_new(request: HttpRequest, person: "User") -> str:
    return _asked(request, begin_registration(person, site_of(request)))


def _asked(request: HttpRequest, both: tuple[dict[str, Any], Any]) -> str:
    asked, request.session[KEY] = both
    return json.dumps(asked, default=dict)


def answered(request: HttpRequest, of: "User | None" = None) -> "User":
    """
    Return the person whose passkey answered; a question is good for one answer.

    :raises PasskeyRefused: if it does not fit.
    """
    return prove_passkey(
        site_of(request),
        state=_state(request),
        answer=request.POST.get("passkey", ""),
        now=now(),
        of=of,
    )


def made(request: HttpRequest, person: "User") -> None:
    """
    Keep the passkey that the browser made.

    :raises PasskeyRefused: if it does not fit.
    """
    finish_registration(
        person,
        site_of(request),
        state=_state(request),
        answer=request.POST.get("passkey", ""),
        name=request.POST.get("name", ""),
        now=now(),
    )


def _state(request: HttpRequest) -> Any:
    state = request.session.pop(KEY, None)
    if state is None:
        raise PasskeyRefused
    return state
