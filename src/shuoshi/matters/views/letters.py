"""What is printed on a matter: the slip and the official letters."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shuoshi.matters.actions.readings import (
    SPEAKER,
    note_opened,
    note_paper,
    note_read,
)
from shuoshi.matters.queries.letters import letter_of, paper_of
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.views.desk import DeskRequest, at_desk
from shuoshi.matters.views.matters import matter_for


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter


@at_desk
@require_safe
def slip(request: DeskRequest, number: str) -> HttpResponse:
    matter = matter_for(request, number)
    gate.require(request.desk.standing, Permission.READ, matter)
    _note_paper(request, matter, "slip")
    address = request.build_absolute_uri(reverse("channels:progress"))
    context = {"matter": matter, "address": address}
    return render(request, "matters/letters/slip.html", context)


@at_desk
@require_safe
def letter(
    request: DeskRequest, number: str, kind: str, year: int, serial: int
) -> HttpResponse:
    matter = matter_for(request, number)
    gate.require(request.desk.standing, Permission.READ, matter)
    found = letter_of(matter, kind, year, serial)
    if found is None:
        raise Http404
    _note_paper(request, matter, "letter")
    paper = paper_of(request.desk.standing, matter, found)
    if paper.names_speaker:
        desk = request.desk
        note_read(matter, SPEAKER, by=desk.standing, now=desk.now, why="letter")
    context = {"matter": matter, "paper": paper}
    return render(request, "matters/letters/letter.html", context)


def _note_paper(request: DeskRequest, matter: "Matter", paper: str) -> None:
    """Put on record that something to be printed of a matter was taken."""
    desk = request.desk
    note_opened(matter, by=desk.standing, now=desk.now)
    note_paper(matter, paper, by=desk.standing, now=desk.now)
