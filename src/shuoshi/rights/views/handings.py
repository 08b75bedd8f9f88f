"""Hand something of one matter outside: on record first."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shuoshi.common.pages import go
from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.matters.queries.matters import for_the_page, matters_seen_by, numbered
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.privacy.actions.registers import Handed
from shuoshi.privacy.queries.consents import handings_of, standing_consent
from shuoshi.privacy.rules.access import may_hand_outside
from shuoshi.privacy.rules.purposes import Purpose
from shuoshi.rights.actions.handing import hand_outside
from shuoshi.rights.forms.desk import HandingForm
from shuoshi.rights.views.desk import DeskRequest, at_desk


@at_desk
@require_safe
def panel(request: DeskRequest, number: str) -> HttpResponse:
    """Answer the part of the matter's page that tells what left the house."""
    person = request.desk.standing
    matter = get_object_or_404(numbered(matters_seen_by(person), number))
    gate.require(person, Permission.READ, matter)
    context = {
        "matter": matter,
        "handings": handings_of(matter.uid),
        "hands": may_hand_outside(person),
    }
    return render(request, "rights/parts/handings.html", context)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def hand(request: DeskRequest, number: str) -> HttpResponseBase:
    person = request.desk.standing
    seen = for_the_page(matters_seen_by(person))
    matter = get_object_or_404(numbered(seen, number))
    gate.require(person, Permission.READ, matter)
    if not may_hand_outside(person):
        raise NotPermitted(_("只有统筹人员和纪委人员可以对外提供。"))
    form = HandingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            given = Handed(**form.cleaned_data)
            hand_outside(matter, given, by=person, now=request.desk.now)
        except NotPermitted:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已经登记。现在可以对外提供了。"))
            return go(request, matter)
    status = 422 if form.errors else 200
    context = {
        "form": form,
        "matter": matter,
        "consent": standing_consent(matter.uid, Purpose.OUTSIDE),
    }
    return render(request, "rights/hand_outside.html", context, status=status)
