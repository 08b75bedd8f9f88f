"""My information, for who signs in."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shuoshi.common.pages import go
from shuoshi.common.refusals import Refused
from shuoshi.privacy.actions.requests import ask
from shuoshi.rights.actions.exporting import note_copy
from shuoshi.rights.forms.own import WishForm
from shuoshi.rights.queries.staff import copy_of_staff, staff_data_of
from shuoshi.rights.views.desk import DeskRequest, at_desk


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: DeskRequest) -> HttpResponseBase:
    form = WishForm(request.POST if request.method == "POST" else None)
    person = request.desk.standing
    if form.is_valid():
        try:
            asked = ask(
                form.cleaned_data["wish"],
                form.cleaned_data["words"],
                mine_id=person.mine_id or 0,
                person_id=request.user.pk,
                by=person.on_record,
                now=request.desk.now,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            day = f"{asked.due_on:%Y-%m-%d}"
            messages.success(request, _("已经收到，%(day)s前答复。") % {"day": day})
            return go(request, "rights:my_data")
    data = staff_data_of(request.user, mine_id=person.mine_id or 0)
    status = 422 if form.errors else 200
    context = {"data": data, "form": form}
    return render(request, "rights/my_data.html", context, status=status)


@at_desk
@require_safe
def my_copy(request: DeskRequest) -> HttpResponse:
    desk = request.desk
    data = staff_data_of(request.user, mine_id=desk.standing.mine_id or 0)
    note_copy(by=desk.standing, now=desk.now)
    return HttpResponse(
        json.dumps(copy_of_staff(data), ensure_ascii=False, indent=2),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="my-information.json"'},
    )
