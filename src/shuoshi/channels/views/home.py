"""The first page on the phone: only the doors that are open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from shuoshi.channels.queries.mines import mine_called
from shuoshi.duty.queries.turns import on_duty
from shuoshi.org.queries.generation import generation
from shuoshi.org.queries.units import mines
from shuoshi.reception.queries.open_days import open_day_ahead


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    at = generation()
    asked = request.GET.get("mine", "")
    mine = mine_called(asked, at=at) or mine_called("", at=at)
    today = localdate(now())
    context = {
        "mine": mine,
        "others": [one for one in mines(at=at) if one != mine],
        "today": today,
        "open_day": open_day_ahead(mine.pk, today=today) if mine else None,
        "turns": on_duty(mine_id=mine.pk, day=today, at=at) if mine else (),
    }
    return render(request, "channels/home.html", context)
