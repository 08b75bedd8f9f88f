"""What people are told: to read for everybody, to publish for those who look after it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shuoshi.channels.queries.mines import mine_called
from shuoshi.common.pages import go
from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.privacy.actions.tellings import publish_telling
from shuoshi.privacy.queries.tellings import current_telling, versions_of
from shuoshi.privacy.rules.access import may_keep, may_review
from shuoshi.privacy.rules.purposes import Purpose
from shuoshi.rights.forms.desk import TellingForm
from shuoshi.rights.views.desk import DeskRequest, at_desk


def _purpose(name: str) -> Purpose:
    try:
        return Purpose(name.upper())
    except ValueError:
        raise Http404 from None


@require_safe
def telling(
    request: HttpRequest, purpose: str, version: int | None = None
) -> HttpResponse:
    mine = mine_called(request.GET.get("mine", ""))
    if mine is None:
        raise Http404
    versions = versions_of(_purpose(purpose), mine_id=mine.pk)
    # A number that no column could hold is no version either.
    wanted = [one for one in versions if version in (None, one.version)]
    if not wanted:
        raise Http404
    context = {"telling": wanted[0], "versions": versions, "mine": mine}
    return render(request, "rights/telling.html", context)


@at_desk
@require_safe
def tellings(request: DeskRequest) -> HttpResponse:
    person = request.desk.standing
    if not may_review(person):
        raise NotPermitted("")
    mine_id = person.mine_id or 0
    context = {
        "all": [(one, list(versions_of(one, mine_id=mine_id))) for one in Purpose],
        "keeps": may_keep(person),
    }
    return render(request, "rights/tellings.html", context)


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: DeskRequest, purpose: str) -> HttpResponseBase:
    person, wanted = request.desk.standing, _purpose(purpose)
    if not may_keep(person):
        raise NotPermitted(_("只有统筹人员和安全管理员可以发布告知书。"))
    now = current_telling(wanted, mine_id=person.mine_id or 0)
    initial = {"body": now.body, "body_en": now.body_en}
    form = TellingForm(
        request.POST if request.method == "POST" else None, initial=initial
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            published = publish_telling(
                wanted,
                body=given["body"],
                body_en=given["body_en"],
                by=person,
                now=request.desk.now,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            told = _("已发布第%(version)s版，从现在起用新版。")
            messages.success(request, told % {"version": published.version})
            return go(request, "rights:tellings")
    status = 422 if form.errors else 200
    context = {"form": form, "purpose": wanted, "current": now}
    return render(request, "rights/publish.html", context, status=status)
