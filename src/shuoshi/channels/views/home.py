"""The first page on the phone: only the doors that are open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from shuoshi.channels.queries.mines import mine_called
from shuoshi.duty.queries.turns import on_duty
from shuoshi.org.queries.units import mines


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    mine = mine_called(request.GET.get("mine", "")) or mine_called("")
    today = localdate(now())
    context = {
        "mine": mine,
        "others": [one for one in mines() if one != mine],
        "today": today,
        "turns": on_duty(mine_id=mine.pk, day=today) if mine else (),
    }
    return render(request, "channels/home.html", context)
