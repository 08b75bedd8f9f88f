"""Set the house up by the one link that an empty one gives."""

from typing import TYPE_CHECKING

from django.shortcuts import redirect, resolve_url
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shuoshi.accounts.queries.invitations import house_is_empty, invitation_with
from shuoshi.administrators.forms import ADMINISTRATOR_FIELDS, SetUpForm
from shuoshi.common.pages import Request, page
from shuoshi.common.refusals import Refused
from shuoshi.org.actions.first_run import Named, set_up
from shuoshi.org.rules.roles import Role


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

KEY = "set_up"


@never_cache
@require_safe
def open_link(request: Request, link_part: str) -> "HttpResponseBase":
    """Keep the link in the session, so that neither history nor logs show it again."""
    request.session[KEY] = link_part
    return redirect("administrators:set_up")


@never_cache
@require_http_methods(["GET", "POST"])
def set_up_house(request: Request) -> "HttpResponseBase":
    link_part = request.session.get(KEY, "")
    found = invitation_with(link_part, now=now()) if link_part else None
    if found is None or not house_is_empty():
        return page(request, "accounts/no_invitation.html", "", {})
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            entered = set_up(
                link_part,
                code=form.cleaned_data["code"],
                mine=form.cleaned_data["mine"],
                administrators=_named(form),
                now=now(),
            )
        except Refused as refusal:
            form.add_error(
                refusal.field if refusal.field in form.fields else None,
                refusal.message,
            )
        else:
            request.session.pop(KEY)
            links = [
                (person, role, _link(request, invited.link_part))
                for person, role, invited in entered
            ]
            context = {"links": links}
            return page(request, "administrators/set_up_done.html", "", context)
    return page(request, "administrators/set_up.html", "", {"form": form})


def _named(form: SetUpForm) -> dict[Role, Named]:
    return {
        Role(who.upper()): Named(
            form.cleaned_data[f"{who}_username"], form.cleaned_data[f"{who}_name"]
        )
        for who in ADMINISTRATOR_FIELDS
    }


def _link(request: Request, link_part: str) -> str:
    return request.build_absolute_uri(resolve_url("accounts:open_link", link_part))
