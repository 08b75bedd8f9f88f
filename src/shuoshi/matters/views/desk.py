"""What every page of the people who work begins with: who sits there, and when."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.utils.timezone import now
from django.views.decorators.cache import never_cache

from shuoshi.common.committees import unlocked
from shuoshi.common.pages import Request
from shuoshi.common.refusals import NotPermitted
from shuoshi.matters.queries.frame import Desk
from shuoshi.matters.views.unlocking import secrets_of
from shuoshi.org.queries.generation import asked_once
from shuoshi.org.queries.standing import standing_of


if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class DeskRequest(Request):
    """A request of somebody who has signed in to work."""

    desk: Desk


View = Callable[..., "HttpResponseBase"]


def at_desk(view: View) -> View:
    """Let in who has signed in, and say who they are; nothing of it is kept by browsers."""

    @wraps(view)
    def seated(request: "HttpRequest", *args: Any, **kwargs: Any) -> "HttpResponseBase":
        with asked_once():
            desk = seat(request)
            # What the committee unlocked opens on pages of the desk, and nowhere else.
            with unlocked(secrets_of(request, desk.standing)):
                return view(request, *args, **kwargs)

    return login_required(never_cache(seated))


def seat(request: "HttpRequest") -> Desk:
    """Return the desk of the person who asks, once a request."""
    found: Desk | None = getattr(request, "desk", None)
    if found is None:
        # login_required has been passed, so this is a person and not an AnonymousUser.
        standing = standing_of(request.user)  # type: ignore[arg-type]
        found = Desk(standing, now(), request.path)
        request.desk = found  # type: ignore[attr-defined]
    return found


def at_work(view: View) -> View:
    """
    Let in who deals with matters; administrators have a desk but no matters.

    :raises NotPermitted: for those who do not.
    """

    @wraps(view)
    def working(
        request: "HttpRequest", *args: Any, **kwargs: Any
    ) -> "HttpResponseBase":
        if not seat(request).is_at_work:
            raise NotPermitted("")
        return view(request, *args, **kwargs)

    return at_desk(working)
