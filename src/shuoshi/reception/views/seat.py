"""Who may come to the pages of those who receive people."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shuoshi.common.pages import Request
from shuoshi.common.refusals import NotPermitted
from shuoshi.matters.queries.frame import Desk
from shuoshi.matters.rules.access import is_at_work
from shuoshi.org.queries.generation import asked_once
from shuoshi.org.queries.standing import standing_of
from shuoshi.reception.rules.access import may_receive


if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from shuoshi.org.rules.standing import Standing


class ReceptionRequest(Request):
    """A request of somebody who receives people."""

    desk: Desk


View = Callable[..., "HttpResponseBase"]


def for_reception(view: View) -> View:
    """
    Let in whoever receives people.

    :raises NotPermitted: for everybody else.
    """
    return _seated(view, may_receive)


def for_work(view: View) -> View:
    """
    Let in whoever deals with matters.

    :raises NotPermitted: for administrators, and for who has no post.
    """
    return _seated(view, is_at_work)


def _seated(view: View, may: "Callable[[Standing], bool]") -> View:
    @wraps(view)
    def seated(request: "HttpRequest", *args: Any, **kwargs: Any) -> "HttpResponseBase":
        with asked_once():
            # login_required has been passed, so this is a person.
            standing = standing_of(request.user)  # type: ignore[arg-type]
            if not may(standing):
                raise NotPermitted(_("预约由接待人员看。"))
            request.desk = Desk(standing, now(), request.path)  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

    return login_required(never_cache(seated))
