"""The queue of what people ask about their own information."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shuoshi.common.pages import go
from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.privacy.queries.requests import shown
from shuoshi.privacy.rules.access import may_answer
from shuoshi.rights.actions.answering import Answer, answer_request, read_request
from shuoshi.rights.forms.desk import AnswerForm
from shuoshi.rights.queries.queue import Waiting, queue_of, request_for
from shuoshi.rights.views.desk import DeskRequest, at_desk


@at_desk
@require_safe
def queue(request: DeskRequest) -> HttpResponse:
    if not may_answer(request.desk.standing):
        raise NotPermitted("")
    context = {
        "queue": queue_of(request.desk.standing),
        "today": localdate(request.desk.now),
    }
    return render(request, "rights/requests.html", context)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    waiting = request_for(request.desk.standing, uid)
    if waiting is None:
        raise Http404
    asked = waiting.request
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        wish=asked.wish,
        speaker=waiting.matter is not None,
    )
    if form.is_valid():
        given = Answer(
            form.cleaned_data["outcome"],
            form.cleaned_data["answer"],
            form.cleaned_data.get("name", ""),
            form.cleaned_data.get("contact", ""),
        )
        try:
            answer_request(
                asked,
                given,
                matter=waiting.matter,
                by=request.desk.standing,
                now=request.desk.now,
            )
        except NotPermitted:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("已经答复。"))
            return go(request, "rights:requests")
    return _page(request, waiting, form)


def _page(request: DeskRequest, waiting: Waiting, form: AnswerForm) -> HttpResponse:
    read_request(waiting.request, by=request.desk.standing, now=request.desk.now)
    context = {
        "waiting": waiting,
        "one": shown(waiting.request),
        "form": form,
        "today": localdate(request.desk.now),
    }
    status = 422 if form.errors else 200
    return render(request, "rights/request.html", context, status=status)
