"""A poster for a place: whoever scans it speaks, and the place goes with the matter."""

from urllib.parse import urlencode

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shuoshi.org.queries.units import mines
from shuoshi.reception.forms.posters import PosterForm
from shuoshi.reception.views.seat import ReceptionRequest, for_reception


@for_reception
@require_safe
def poster(request: ReceptionRequest) -> HttpResponse:
    """Ask for the place; lay the poster out once it is said."""
    form = PosterForm(request.GET or None)
    mine_id = request.desk.standing.mine_id
    mine = next(one for one in mines() if one.pk == mine_id)
    context = {"form": form, "mine": mine}
    if form.is_valid():
        place = form.cleaned_data["place"]
        query = urlencode({"mine": mine.code, "place": place})
        address = request.build_absolute_uri(f"{reverse('channels:speak')}?{query}")
        code = segno.make(address, error="q")
        context |= {
            "place": place,
            "address": request.build_absolute_uri(reverse("channels:home")),
            "qr": code.svg_data_uri(border=2, omitsize=True),
        }
    status = 422 if form.errors else 200
    return render(request, "reception/poster.html", context, status=status)
