"""Answer when something is wrong: with a page that says what to do next."""

import sys
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.common.room import is_without_room


if TYPE_CHECKING:
    from django.http import HttpRequest

# Never written into a page again.
SECRET: Final = ("password", "otp")


def stale_form(request: "HttpRequest", reason: str = "") -> HttpResponse:
    """Explain that the form was open for too long, or came from elsewhere."""
    return render(request, "errors/stale_form.html", status=403)


def bad_request(request: "HttpRequest", exception: Exception) -> HttpResponse:
    """Explain that the address or the form cannot be read."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: "HttpRequest", exception: Exception) -> HttpResponse:
    """Say that this person may not do this, in the refusal's own words if it has any."""
    message = exception.message if isinstance(exception, Refused) else ""
    return render(
        request,
        "errors/403.html",
        {"message": message or _("您的岗位不能做这件事。")},
        status=403,
    )


def not_found(request: "HttpRequest", exception: Exception) -> HttpResponse:
    """Say that there is nothing here: the same words for what may not be seen."""
    return render(request, "errors/404.html", status=404)


def broken(request: "HttpRequest") -> HttpResponse:
    """
    Say that something broke, without asking the database anything.

    Where there is only no room to keep anything, say that, and give back what was typed.
    """
    if is_without_room(sys.exc_info()[1]):
        return _without_room(request)
    return HttpResponse(loader.get_template("errors/500.html").render(), status=500)


def _without_room(request: "HttpRequest") -> HttpResponse:
    typed = [
        # Words are shown again; marks and choices go along unseen.
        (name, value, not value.isascii() or " " in value or "\n" in value)
        for name, values in request.POST.lists()
        if not any(secret in name.lower() for secret in SECRET)
        for value in values
    ]
    context = {
        "typed": typed,
        "action": request.get_full_path(),
        "had_files": bool(request.FILES),
    }
    page = loader.get_template("errors/503.html").render(context)
    return HttpResponse(page, status=503, headers={"Retry-After": "60"})
