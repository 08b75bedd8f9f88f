"""Answer a browser, with htmx or without."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
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


def address_of(request: HttpRequest) -> str:
    """Return the address a request comes from, as our own proxies tell it."""
    proxies: int = settings.SHUOSHI_PROXIES
    told = request.headers.get("X-Forwarded-For", "").split(",")
    # What stands further left was written by whoever asks.
    if 0 < proxies <= len(told):
        return told[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
