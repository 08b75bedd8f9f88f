"""What is printed on a matter: the slip and the official letters."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shuoshi.matters.actions.readings import SPEAKER, note_opened, note_read
from shuoshi.matters.queries.letters import letter_of, paper_of
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.views.desk import DeskRequest, at_desk
from shuoshi.matters.views.matters import matter_for


@at_desk
@require_safe
def slip(request: DeskRequest, number: str) -> HttpResponse:
    matter = matter_for(request, number)
    gate.require(request.desk.standing, Permission.READ, matter)
    note_opened(matter, by=request.desk.standing, now=request.desk.now)
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
    note_opened(matter, by=request.desk.standing, now=request.desk.now)
    found = letter_of(matter, kind, year, serial)
    if found is None:
        raise Http404
    paper = paper_of(request.desk.standing, matter, found)
    if paper.names_speaker:
        desk = request.desk
        note_read(matter, SPEAKER, by=desk.standing, now=desk.now, why="letter")
    context = {"matter": matter, "paper": paper}
    return render(request, "matters/letters/letter.html", context)
