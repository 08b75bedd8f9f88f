"""Hand out a file of a matter to who may read the matter."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from shuoshi.common.refusals import Missing
from shuoshi.files.queries import attachments_of, read
from shuoshi.files.rules.kinds import Kind
from shuoshi.files.rules.names import download_headers
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.views.desk import DeskRequest, at_desk
from shuoshi.matters.views.matters import matter_for


@at_desk
@require_safe
def file(request: DeskRequest, number: str, uid: UUID) -> HttpResponse:
    matter = matter_for(request, number)
    gate.require(request.desk.standing, Permission.READ, matter)
    # Only what is about this matter: its own id in the address opens nothing else.
    for place, attachment in enumerate(attachments_of(matter.uid), start=1):
        if attachment.pk == uid:
            try:
                content = read(attachment)
            except Missing as missing:
                raise Http404 from missing
            headers = download_headers(Kind(attachment.kind), place)
            return HttpResponse(content, headers=headers)
    raise Http404
