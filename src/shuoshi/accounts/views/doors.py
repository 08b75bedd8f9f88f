"""Who asks: the session behind a request, and what it still has to show."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.shortcuts import redirect, resolve_url
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.views.decorators.cache import never_cache

from shuoshi.accounts.actions.sessions import begin_session, mark_seen
from shuoshi.accounts.actions.signing_in import tried_name
from shuoshi.accounts.queries.belonging import needs_second
from shuoshi.accounts.queries.sessions import running_session
from shuoshi.accounts.queries.tellings import untold
from shuoshi.accounts.rules.devices import described
from shuoshi.accounts.rules.sessions import SIGNED_IN, How, is_fresh
from shuoshi.common.pages import go


if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from shuoshi.accounts.models import Session, User
    from shuoshi.common.pages import Request

KEY = SIGNED_IN
# Where a request keeps the session that was looked up for it.
LOOKED_UP = "_signed_in"
DEVICE_COOKIE = "shuoshi_device"
DEVICE_AGE = 180 * 24 * 60 * 60
BACKEND = "django.contrib.auth.backends.ModelBackend"
View = Callable[..., "HttpResponseBase"]


class SignedIn:
    """Middleware: a request's user is whoever has a session that still holds."""

    def __init__(self, answer: Callable[[HttpRequest], "HttpResponse"]) -> None:
        """Take what answers next."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> "HttpResponse":
        """Look only when somebody asks: pages for everybody cost no query."""
        # It stands in for the person, as Django's own does.
        vars(request)["user"] = SimpleLazyObject(lambda: _person(request))
        return self.answer(request)


def session_of(request: HttpRequest) -> "Session | None":
    """Return the session of a request, looked up once."""
    kept = vars(request)
    if LOOKED_UP not in kept:
        kept[LOOKED_UP] = _look(request)
    found: Session | None = kept[LOOKED_UP]
    return found


def _person(request: HttpRequest) -> "User | AnonymousUser":
    session = session_of(request)
    return AnonymousUser() if session is None else session.person


def _look(request: HttpRequest) -> "Session | None":
    uid, moment = request.session.get(KEY), now()
    session = running_session(uid, now=moment) if uid else None
    if session is None:
        return None
    told = request.session.get(HASH_SESSION_KEY, "")
    if not constant_time_compare(told, session.person.get_session_auth_hash()):
        return None
    if session.second_at is None and needs_second(session.person):
        return None
    mark_seen(session, now=moment)
    return session


def let_in(
    request: "Request", person: "User", onward: str, *, how: How, second: bool
) -> "HttpResponseBase":
    """Begin the session under a new key, and remember the device by a cookie."""
    known = known_device(request, person.username)
    login(request, person, backend=BACKEND)
    session = begin_session(
        person,
        how=how,
        device=described(request.headers.get("User-Agent", "")),
        now=now(),
        second=second,
        known=bool(known),
    )
    request.session[KEY] = str(session.pk)
    vars(request)[LOOKED_UP] = session
    return remember_device(go(request, onward), person, known)


def remember_device(
    answer: "HttpResponseBase", person: "User", known: str = ""
) -> "HttpResponseBase":
    """Mark the device as one on which this person has signed in."""
    mark = known or secrets.token_urlsafe(12)
    answer.set_cookie(
        DEVICE_COOKIE,
        signing.dumps([tried_name(person.username), mark], salt=DEVICE_COOKIE),
        max_age=DEVICE_AGE,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        path=resolve_url("accounts:sign_in"),
    )
    return answer


def known_device(request: HttpRequest, username: str) -> str:
    """Return the mark of a device on which this name has signed in before."""
    try:
        name, mark = signing.loads(
            request.COOKIES.get(DEVICE_COOKIE, ""),
            salt=DEVICE_COOKIE,
            max_age=DEVICE_AGE,
        )
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(mark) if name == tried_name(username) else ""


def next_page(request: HttpRequest, otherwise: str) -> str:
    """Return where the form wishes to go, if that is a page of this house."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wish, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # Without a slash it would be taken for the name of a page.
    return wish if ours and "/" in wish else resolve_url(otherwise)


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent: an empty form that was sent is still one to refuse."""
    return request.POST if request.method == "POST" else None


def own_page(view: View) -> View:
    """Let in who has signed in; nothing of it is kept by browsers."""
    return login_required(never_cache(view))


def freshly_proved(view: View) -> View:
    """Let in who has shown within ten minutes who they are; others show it first."""

    @wraps(view)
    def proved(request: HttpRequest, *args: Any, **kwargs: Any) -> "HttpResponseBase":
        session = session_of(request)
        if session is None or not is_fresh(session, now()):
            # What was sent is not kept: it is asked for again after the proof.
            back = request.path if request.method == "GET" else _referring(request)
            return redirect(
                f"{resolve_url('accounts:prove')}?{urlencode({'next': back})}"
            )
        return view(request, *args, **kwargs)

    return own_page(proved)


def _referring(request: HttpRequest) -> str:
    return request.POST.get("back") or resolve_url("accounts:account")


def tellings(request: HttpRequest) -> dict[str, object]:
    """Give templates what the person must be told; most requests ask nothing for it."""
    return {"told": SimpleLazyObject(lambda: _untold(request))}


def _untold(request: HttpRequest) -> list[str]:
    session = session_of(request)
    if session is None or not getattr(session, "has_untold", True):
        return []
    return list(dict.fromkeys(one.get_kind_display() for one in untold(session.person)))
