"""Answer a browser, with htmx or without."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.shortcuts import redirect, render, resolve_url
from django_htmx.http import HttpResponseClientRedirect


if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase
    from django_htmx.middleware import HtmxDetails

    from shuoshi.accounts.models import User


class Request(HttpRequest):
    """A request as the views see it: signed in, and aware of htmx."""

    user: "User"
    htmx: "HtmxDetails"


def page(
    request: Request, template: str, part: str, context: dict[str, Any]
) -> "HttpResponse":
    """Render the named part for htmx, the whole page otherwise; 422 if the form has errors."""
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    name = f"{template}#{part}" if request.htmx and part else template
    return render(request, name, context, status=status)


def go(request: Request, to: "Model | str") -> "HttpResponseBase":
    """Send the browser on, whole page, either way."""
    url = resolve_url(to)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
