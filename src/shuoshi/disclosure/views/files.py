"""Hand out the files of what is public, and of drafts to who checks them."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from shuoshi.common.refusals import Missing, Refused
from shuoshi.disclosure.queries.announcements import (
    announcement_public,
    announcements_seen_by,
    files_of,
)
from shuoshi.disclosure.views.announcements import WriterRequest, for_writers
from shuoshi.files.queries import read
from shuoshi.files.rules.kinds import Kind
from shuoshi.files.rules.names import download_headers


if TYPE_CHECKING:
    from shuoshi.disclosure.models import Announcement


@require_safe
def public(request: HttpRequest, uid: UUID, file: UUID) -> HttpResponse:
    found = announcement_public(uid, today=localdate(now()))
    return _handed(request, found, file)


@for_writers
@require_safe
def own(request: WriterRequest, uid: UUID, file: UUID) -> HttpResponse:
    found = announcements_seen_by(request.standing).filter(uid=uid).first()
    return _handed(request, found, file)


def _handed(
    request: HttpRequest, found: "Announcement | None", file: UUID
) -> HttpResponse:
    """Hand out a file of this announcement; under no other's address."""
    for place, attachment in files_of(found) if found else ():
        if attachment.pk == file:
            try:
                content = read(attachment)
            except Missing as missing:
                raise Http404 from missing
            except Refused as refusal:
                context = {"why": refusal.message, "back": ".."}
                return render(request, "files/unavailable.html", context, status=409)
            headers = download_headers(Kind(attachment.kind), place)
            return HttpResponse(content, headers=headers)
    raise Http404
