"""Leave no trace on the device: others use it too."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


View = Callable[..., HttpResponse]


def leaves_no_trace(view: View) -> View:
    """
    Let a page be kept in no cache and told to nobody as where one came from.

    These pages post without a cookie, so they need no Origin, and may keep silent.
    """

    @wraps(view)
    def seen(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer = never_cache(view)(request, *args, **kwargs)
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    return seen
