"""Leave no trace on the device: others use it too."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


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


@require_safe
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Go to the first page, and let the browser drop what it kept of the others."""
    answer = HttpResponseRedirect(reverse("channels:home"), status=303)
    # Browsers heed it over https alone; there is nothing to drop, this makes sure.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer
