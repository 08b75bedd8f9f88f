"""Who may come to the roster's pages."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shuoshi.common.pages import Request
from shuoshi.common.refusals import NotPermitted
from shuoshi.duty.rules.access import may_plan, may_see_roster
from shuoshi.org.queries.generation import asked_once
from shuoshi.org.queries.standing import standing_of


if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from shuoshi.org.rules.standing import Standing


class RosterRequest(Request):
    """A request of somebody who works in the mine, and when."""

    standing: "Standing"
    moment: "datetime"


View = Callable[..., "HttpResponseBase"]


def for_roster(view: View) -> View:
    """
    Let in whoever works in the mine.

    :raises NotPermitted: for administrators, and for who has no post.
    """

    @wraps(view)
    def working(
        request: RosterRequest, *args: Any, **kwargs: Any
    ) -> "HttpResponseBase":
        if not may_see_roster(request.standing):
            raise NotPermitted(_("值班表给在这里工作的人看。"))
        return view(request, *args, **kwargs)

    return _seated(working)


def for_planners(view: View) -> View:
    """Let in who plans the roster; for everybody else there is nothing here (404)."""

    @wraps(view)
    def planning(
        request: RosterRequest, *args: Any, **kwargs: Any
    ) -> "HttpResponseBase":
        if not may_plan(request.standing):
            raise Http404
        return view(request, *args, **kwargs)

    return _seated(planning)


def _seated(view: View) -> View:
    """Say who asks, and when; nothing of it is kept by browsers."""

    @wraps(view)
    def seated(request: "HttpRequest", *args: Any, **kwargs: Any) -> "HttpResponseBase":
        with asked_once():
            # login_required has been passed, so this is a person.
            standing = standing_of(request.user)  # type: ignore[arg-type]
            request.standing, request.moment = standing, now()  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

    return login_required(never_cache(seated))
