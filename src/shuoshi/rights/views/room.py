"""Where those who look after people's rights begin."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from shuoshi.common.refusals import NotPermitted
from shuoshi.privacy.rules.access import may_answer, may_keep, may_review
from shuoshi.rights.queries.queue import queue_of
from shuoshi.rights.views.desk import DeskRequest, at_desk


@at_desk
@require_safe
def room(request: DeskRequest) -> HttpResponse:
    person = request.desk.standing
    if not (may_answer(person) or may_review(person)):
        raise NotPermitted("")
    today = localdate(request.desk.now)
    waiting = [one for one in queue_of(person) if not one.request.outcome]
    context = {
        "answers": may_answer(person),
        "keeps": may_keep(person),
        "reviews": may_review(person),
        "waiting": len(waiting),
        "late": sum(one.request.due_on < today for one in waiting),
    }
    return render(request, "rights/room.html", context)
