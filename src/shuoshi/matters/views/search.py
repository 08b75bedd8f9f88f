"""Find a matter by its number or its words."""

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from shuoshi.matters.queries.found import found_by, matter_with_number
from shuoshi.matters.queries.keyset import place_in
from shuoshi.matters.queries.search import LONGEST
from shuoshi.matters.views.desk import DeskRequest, at_work


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@at_work
@require_safe
def search(request: DeskRequest) -> "HttpResponseBase":
    asked = request.GET.get("q", "").strip()[:LONGEST]
    desk = request.desk
    numbered = matter_with_number(desk.standing, asked)
    if numbered is not None:
        return redirect(numbered)
    found = found_by(desk.standing, asked, desk.faces, place_in(request.GET))
    return render(request, "matters/search.html", {"asked": asked, "shown": found})
