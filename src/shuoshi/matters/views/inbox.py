"""What a person was told: the inbox."""

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from shuoshi.matters.queries.inbox import inbox_page
from shuoshi.matters.views.desk import DeskRequest, at_work
from shuoshi.notices.actions import mark_all_read


if TYPE_CHECKING:
    from django.http import HttpResponse


@at_work
@require_safe
def inbox(request: DeskRequest) -> "HttpResponse":
    shown = inbox_page(request.desk.standing, request.GET.get("older", ""))
    return render(request, "matters/inbox.html", {"shown": shown})


@at_work
@require_POST
def read_all(request: DeskRequest) -> "HttpResponse":
    desk = request.desk
    mark_all_read(desk.standing.person_id or 0, now=desk.now)
    return redirect("notices:inbox")
