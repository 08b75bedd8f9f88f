"""The matter on one sheet, and who raised it."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from shuoshi.common.panels import panels_on
from shuoshi.matters.actions.steps import steps_open_to
from shuoshi.matters.queries.acts import acts_of
from shuoshi.matters.queries.matters import for_the_page, matters_seen_by, numbered
from shuoshi.matters.queries.sheet import is_guarded, sheet_of, speaker_of_sheet
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.views.desk import DeskRequest, at_desk
from shuoshi.notices.actions import mark_read
from shuoshi.notices.queries import unread_about
from shuoshi.trail.actions import note_reading


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter
    from shuoshi.matters.queries.sheet import SpeakerShown


def matter_for(request: DeskRequest, number: str) -> "Matter":
    """
    Return the matter of this number as the person may see it.

    :raises Http404: if there is none for this person.
    """
    seen = for_the_page(matters_seen_by(request.desk.standing))
    return get_object_or_404(numbered(seen, number))


@at_desk
@require_safe
def matter(request: DeskRequest, number: str) -> HttpResponse:
    found = matter_for(request, number)
    desk = request.desk
    if unread_about(desk.standing.person_id or 0, found.uid).exists():
        mark_read(desk.standing.person_id or 0, found.uid, now=desk.now)
    if found.sealed and gate.may(request.desk.standing, Permission.READ, found):
        _note(request, found, "text")
    return _sheet(request, found)


@at_desk
@require_POST
def speaker(request: DeskRequest, number: str) -> HttpResponse:
    found = matter_for(request, number)
    gate.require(request.desk.standing, Permission.SEE_SPEAKER, found)
    if is_guarded(found):
        _note(request, found, "speaker")
    return _sheet(request, found, speaker=speaker_of_sheet(found))


def _note(request: DeskRequest, found: "Matter", field: str) -> None:
    note_reading(
        mine_id=found.mine_id,
        about=found.uid,
        field=field,
        by=request.desk.standing.on_record,
        at=request.desk.now,
        why="sheet",
    )


def _sheet(
    request: DeskRequest, found: "Matter", *, speaker: "SpeakerShown | None" = None
) -> HttpResponse:
    desk = request.desk
    sheet = sheet_of(desk.standing, found, desk.faces)
    steps = steps_open_to(desk.standing, found, now=desk.now)
    context = {
        "sheet": sheet,
        "matter": found,
        "speaker": speaker or sheet.speaker,
        "acts": acts_of(found, steps),
        "panels": panels_on("matter") if sheet.readable else [],
    }
    template = "matters/matter.html" if sheet.readable else "matters/sealed.html"
    return render(request, template, context)
