"""The matter on one sheet, and who raised it."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from shuoshi.common.committees import is_locked
from shuoshi.common.panels import panels_on
from shuoshi.matters.actions.readings import SPEAKER, TEXT, note_opened, note_read
from shuoshi.matters.actions.steps import steps_open_to
from shuoshi.matters.forms.committee import UnlockForm
from shuoshi.matters.queries.acts import acts_of
from shuoshi.matters.queries.committee import seal_of
from shuoshi.matters.queries.matters import for_the_page, matters_seen_by, numbered
from shuoshi.matters.queries.sheet import (
    is_guarded,
    receipt_sheet,
    sheet_of,
    speaker_of_sheet,
)
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.views.desk import DeskRequest, at_desk
from shuoshi.notices.actions import mark_read
from shuoshi.notices.queries import unread_about


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter
    from shuoshi.matters.queries.sheet import SpeakerShown


def matter_for(request: DeskRequest, number: str) -> "Matter":
    """
    Return the matter of this number as the person may see it.

    :raises Http404: if there is none for this person.
    """
    seen = for_the_page(matters_seen_by(request.desk.standing))
    found: Matter = get_object_or_404(numbered(seen, number))
    found.looked_at = request.desk.now
    return found


@at_desk
@require_safe
def matter(request: DeskRequest, number: str) -> HttpResponse:
    found = matter_for(request, number)
    desk = request.desk
    if unread_about(desk.standing.person_id or 0, found.uid).exists():
        mark_read(desk.standing.person_id or 0, found.uid, now=desk.now)
    return _sheet(request, found)


@at_desk
@require_POST
def speaker(request: DeskRequest, number: str) -> HttpResponse:
    found = matter_for(request, number)
    gate.require(request.desk.standing, Permission.SEE_SPEAKER, found)
    if is_locked(found.key):
        return _locked(request, found)
    if is_guarded(found):
        _note(request, found, SPEAKER)
    return _sheet(request, found, speaker=speaker_of_sheet(found))


def _note(request: DeskRequest, found: "Matter", field: str) -> None:
    desk = request.desk
    note_read(found, field, by=desk.standing, now=desk.now, why="sheet")


def _locked(request: DeskRequest, found: "Matter") -> HttpResponse:
    """Show the committee the receipt, and ask for the passphrase; nothing was read."""
    context = {
        "sheet": receipt_sheet(found, request.desk.faces),
        "matter": found,
        "unlocking": UnlockForm(auto_id="unlock_%s"),
    }
    return render(request, "matters/sealed.html", context)


def _sheet(
    request: DeskRequest, found: "Matter", *, speaker: "SpeakerShown | None" = None
) -> HttpResponse:
    desk = request.desk
    if is_locked(found.key) and gate.may(desk.standing, Permission.READ, found):
        return _locked(request, found)
    sheet = sheet_of(desk.standing, found, desk.faces)
    if sheet.readable:
        note_opened(found, by=desk.standing, now=desk.now)
    if sheet.readable and found.sealed:
        _note(request, found, TEXT)
    if sheet.speaker:
        _note(request, found, SPEAKER)
    steps = steps_open_to(desk.standing, found, now=desk.now)
    context = {
        "sheet": sheet,
        "matter": found,
        "speaker": speaker or sheet.speaker,
        "acts": acts_of(found, steps),
        "seal": seal_of(desk.standing, found),
        "panels": panels_on("matter") if sheet.readable else [],
    }
    template = "matters/matter.html" if sheet.readable else "matters/sealed.html"
    return render(request, template, context)
