"""The wall of the talk room: no hands, for weeks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shuoshi.insight.queries.wall import wall_of
from shuoshi.org.queries.units import mines


@never_cache
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """
    The page turns and freshens itself; while the server is away it keeps what it has.

    :raises Http404: for a mine that is none.
    """
    code = request.GET.get("mine", "")
    for mine in mines():
        if code in {"", mine.code}:
            shown = wall_of(mine, now=now())
            return render(request, "insight/wall.html", {"wall": shown})
    raise Http404
