"""Take an invitation: the link is looked at once and leaves the address bar."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, resolve_url
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from shuoshi.accounts.actions.invitations import take_invitation
from shuoshi.accounts.forms import InvitationForm
from shuoshi.accounts.queries.invitations import invitation_with
from shuoshi.accounts.rules.sessions import How
from shuoshi.accounts.views.doors import sent
from shuoshi.accounts.views.halves import let_half_in
from shuoshi.common.pages import Request, page
from shuoshi.common.refusals import Refused


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

KEY = "invitation"


@never_cache
@require_safe
def open_link(request: Request, link_part: str) -> "HttpResponseBase":
    """Keep the link in the session, so that neither history nor logs show it again."""
    request.session[KEY] = link_part
    return redirect("accounts:invitation")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: Request) -> "HttpResponseBase":
    link_part = request.session.get(KEY, "")
    found = invitation_with(link_part, now=now()) if link_part else None
    if found is None or found.person is None:
        return page(request, "accounts/no_invitation.html", "", {})
    form = InvitationForm(sent(request), person=found.person, halved=bool(found.half))
    if form.is_valid():
        try:
            person = take_invitation(
                link_part,
                password=form.cleaned_data["new"],
                half=form.cleaned_data.get("half", ""),
                now=now(),
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            request.session.pop(KEY)
            messages.success(request, _("密码已经设好。"))
            return let_half_in(
                request,
                person,
                resolve_url(settings.LOGIN_REDIRECT_URL),
                how=How.INVITATION,
            )
    context = {
        "form": form,
        "person": found.person,
        "reset": found.is_reset,
    }
    return page(request, "accounts/invitation.html", "", context)
