"""One's own roads: where one is told that there is news, and when not."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shuoshi.common.pages import Request, go, page
from shuoshi.common.refusals import Refused
from shuoshi.notices.actions.addresses import (
    ask_for_code,
    choose,
    confirm_address,
    drop_address,
    give_binding_code,
)
from shuoshi.notices.forms import AddressForm, CodeForm, WishForm
from shuoshi.notices.queries.addresses import quiet_of, roads_shown
from shuoshi.notices.rules.roads import Road


if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http.response import HttpResponseBase


def own(view: "Callable[..., HttpResponseBase]") -> "Callable[..., HttpResponseBase]":
    """Let in who has signed in; nothing of it is kept by browsers."""
    return login_required(never_cache(view))


@own
@require_safe
def roads(request: Request) -> "HttpResponseBase":
    return _page(request)


@own
@require_POST
def ask(request: Request, road: str) -> "HttpResponseBase":
    """Send a code to an address."""
    form = AddressForm(request.POST, road=road)
    if form.is_valid():
        try:
            ask_for_code(
                request.user,
                road=_road(road),
                text=form.cleaned_data["address"],
                now=now(),
            )
        except Refused as refusal:
            form.add_error("address", refusal.message)
        else:
            messages.success(request, _("验证码已经发出，收到后填在下面。"))
            return go(request, "roads:roads")
    return _page(request, road, form)


@own
@require_POST
def confirm(request: Request, road: str) -> "HttpResponseBase":
    """Take the code that came."""
    form = CodeForm(request.POST, road=road)
    if form.is_valid():
        try:
            confirm_address(
                request.user,
                road=_road(road),
                code=form.cleaned_data["code"],
                now=now(),
            )
        except Refused as refusal:
            form.add_error("code", refusal.message)
        else:
            messages.success(request, _("好了，有新情况会发到这里。"))
            return go(request, "roads:roads")
    return _page(request, road, form)


@own
@require_POST
def bind(request: Request, road: str) -> "HttpResponseBase":
    """Show the code by which somebody is known on a platform; this once."""
    try:
        code = give_binding_code(request.user, road=_road(road), now=now())
    except Refused as refusal:
        messages.error(request, refusal.message)
        return go(request, "roads:roads")
    context = {"code": code, "road": Road(road)}
    return page(request, "notices/bind.html", "", context)


@own
@require_POST
def drop(request: Request, road: str) -> "HttpResponseBase":
    drop_address(request.user, road=_road(road), now=now())
    messages.success(request, _("已经停用，不会再往那里发。"))
    return go(request, "roads:roads")


@own
@require_POST
def wish(request: Request) -> "HttpResponseBase":
    """Choose what comes by which road, and when nothing does."""
    form = WishForm(request.POST, roads=roads_shown(request.user.pk))
    if form.is_valid():
        choose(request.user, wanted=form.wanted, quiet=form.quiet)
        messages.success(request, _("已经记下。"))
        return go(request, "roads:roads")
    return _page(request, "wish", form)


def _road(text: str) -> str:
    if text not in Road.values:
        raise Http404
    return text


def _page(
    request: Request, tried: str = "", form: "forms.Form | None" = None
) -> "HttpResponseBase":
    shown = roads_shown(request.user.pk)
    rows = []
    for one in shown:
        code_form, address_form = CodeForm(road=one.road), AddressForm(road=one.road)
        if tried == one.road and isinstance(form, CodeForm):
            code_form = form
        if tried == one.road and isinstance(form, AddressForm):
            address_form = form
        rows.append((one, address_form, code_form))
    quiet = quiet_of([request.user.pk])[request.user.pk]
    usual = {"starts": quiet.starts, "ends": quiet.ends}
    wishes = form if tried == "wish" else WishForm(roads=shown, initial=usual)
    context = {
        "rows": rows,
        "wishes": wishes if any(one.confirmed for one in shown) else None,
        "form": form,
    }
    return page(request, "notices/roads.html", "", context)
