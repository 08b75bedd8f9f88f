"""Hand out a file of a matter to who may read the matter."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shuoshi.common.refusals import Missing, Refused
from shuoshi.files.rules.names import download_headers
from shuoshi.matters.actions.files import hand_out
from shuoshi.matters.actions.readings import note_opened
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.views.desk import DeskRequest, at_desk
from shuoshi.matters.views.matters import matter_for


@at_desk
@require_safe
def file(request: DeskRequest, number: str, uid: UUID) -> HttpResponse:
    matter = matter_for(request, number)
    person = request.desk.standing
    gate.require(person, Permission.READ, matter)
    note_opened(matter, by=person, now=request.desk.now)
    try:
        found = hand_out(matter, uid, by=person, now=request.desk.now)
    except Missing as missing:
        raise Http404 from missing
    except Refused as refusal:
        context = {"why": refusal.message, "back": matter.get_absolute_url()}
        return render(request, "files/unavailable.html", context, status=409)
    headers = download_headers(found.kind, found.place, number=matter.number)
    return HttpResponse(found.content, headers=headers)
