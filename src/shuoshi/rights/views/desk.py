"""Who sits at the desk, for the pages of people's rights."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.utils.timezone import now
from django.views.decorators.cache import never_cache

from shuoshi.common.pages import Request
from shuoshi.matters.queries.frame import Desk
from shuoshi.org.queries.standing import standing_of


if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class DeskRequest(Request):
    """A request of somebody who has signed in."""

    desk: Desk


View = Callable[..., "HttpResponseBase"]


def at_desk(view: View) -> View:
    """Let in who has signed in, administrators too; nothing is kept by browsers."""

    @wraps(view)
    def seated(request: "HttpRequest", *args: Any, **kwargs: Any) -> "HttpResponseBase":
        # login_required has been passed, so this is a person and not an AnonymousUser.
        desk = Desk(standing_of(request.user), now(), request.path)  # type: ignore[arg-type]
        # The frame around the page finds the desk here.
        request.desk = desk  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return login_required(never_cache(seated))
