"""The public column: read by everybody, written, checked and published at the desk."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from shuoshi.common.pages import Request
from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.disclosure.actions.announcements import (
    check_announcement,
    drop_file,
    publish_announcement,
    withdraw_announcement,
    write_announcement,
)
from shuoshi.disclosure.forms.announcements import (
    DropForm,
    PublishForm,
    WithdrawForm,
    WriteForm,
)
from shuoshi.disclosure.queries.announcements import (
    DESK,
    announcement_public,
    announcements_seen_by,
    column_of,
    files_of,
    given_away_in,
    withdrawn_of,
)
from shuoshi.disclosure.rules.access import (
    may_approve,
    may_check,
    may_withdraw,
    may_write,
)
from shuoshi.disclosure.rules.announcements import AnnouncementState, Category
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.queries.units import mines


if TYPE_CHECKING:
    from datetime import datetime

    from django.http.response import HttpResponseBase

    from shuoshi.disclosure.models import Announcement
    from shuoshi.org.rules.standing import Standing


class WriterRequest(Request):
    """A request of somebody who writes, checks or approves, and when."""

    standing: "Standing"
    moment: "datetime"


View = Callable[..., "HttpResponseBase"]


def for_writers(view: View) -> View:
    """
    Let in whoever may write.

    :raises NotPermitted: for everybody else.
    """

    @wraps(view)
    def seated(request: HttpRequest, *args: Any, **kwargs: Any) -> "HttpResponseBase":
        # login_required has been passed, so this is a person.
        standing = standing_of(request.user)  # type: ignore[arg-type]
        if not may_write(standing):
            raise NotPermitted(_("您不能写公开稿。"))
        request.standing, request.moment = standing, now()  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return login_required(never_cache(seated))


@require_safe
def column(request: HttpRequest) -> HttpResponse:
    """What stands in the column of a mine today."""
    code, category = request.GET.get("mine", ""), request.GET.get("of", "")
    mine = next((one for one in mines() if code in {"", one.code}), None)
    if mine is None:
        raise Http404
    category = category if category in Category.values else ""
    context = {
        "mine": mine,
        "shown": column_of(mine.pk, today=localdate(now()), category=category),
        "categories": Category.choices,
        "category": category,
    }
    return render(request, "disclosure/column.html", context)


@require_safe
def announcement(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = announcement_public(uid, today=localdate(now()))
    if found is None:
        raise Http404
    context = {"one": found, "files": files_of(found)}
    return render(request, "disclosure/announcement.html", context)


@require_safe
def withdrawn(request: HttpRequest) -> HttpResponse:
    """What was taken off, when and why; never what it said."""
    code = request.GET.get("mine", "")
    mine = next((one for one in mines() if code in {"", one.code}), None)
    if mine is None:
        raise Http404
    context = {"mine": mine, "gone": withdrawn_of(mine.pk)}
    return render(request, "disclosure/withdrawn.html", context)


@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: WriterRequest) -> "HttpResponseBase":
    """Everything that I may see of it, and a new draft."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WriteForm(*sent)
    if form.is_valid():
        try:
            written = write_announcement(
                **form.cleaned_data, by=request.standing, now=request.moment
            )
        except Refused as refusal:
            _blame(form, refusal)
        else:
            messages.success(request, _("已存成草稿，等别人做保密审查。"))
            return redirect("disclosure:one", written.uid)
    context = {"form": form, "rows": announcements_seen_by(request.standing)[:DESK]}
    status = 422 if form.errors else 200
    return render(request, "disclosure/desk.html", context, status=status)


@for_writers
@require_safe
def one(request: WriterRequest, uid: UUID) -> HttpResponse:
    return _page(request, _found(request, uid))


@for_writers
@require_POST
def act(request: WriterRequest, uid: UUID, how: str) -> "HttpResponseBase":
    """Change it, check it, publish it, withdraw it."""
    found = _found(request, uid)
    form = _form(how, request)
    if form is None:
        raise Http404
    if not form.is_valid():
        return _page(request, found, tried=(how, form))
    given: dict[str, Any] = form.cleaned_data
    told: dict[str, Any] = {"by": request.standing, "now": request.moment}
    acts: dict[str, Callable[[], object]] = {
        "write": lambda: write_announcement(uid=uid, **given, **told),
        "check": lambda: check_announcement(uid, **told),
        "publish": lambda: publish_announcement(uid, **given, **told),
        "withdraw": lambda: withdraw_announcement(uid, **given, **told),
        "drop": lambda: drop_file(uid, **given, **told),
    }
    try:
        acts[how]()
    except NotPermitted:
        raise
    except Refused as refusal:
        _blame(form, refusal)
        return _page(request, found, tried=(how, form))
    messages.success(request, _("已记下。"))
    return redirect("disclosure:one", uid)


def _form(how: str, request: WriterRequest) -> forms.Form | None:
    kinds: dict[str, type[forms.Form]] = {
        "write": WriteForm,
        "check": forms.Form,
        "publish": PublishForm,
        "withdraw": WithdrawForm,
        "drop": DropForm,
    }
    return kinds[how](request.POST, request.FILES) if how in kinds else None


def _blame(form: forms.Form, refusal: Refused) -> None:
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, refusal.message)


def _found(request: WriterRequest, uid: UUID) -> "Announcement":
    found = announcements_seen_by(request.standing).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: WriterRequest,
    found: "Announcement",
    *,
    tried: tuple[str, forms.Form] | None = None,
) -> HttpResponse:
    person, state = request.standing, found.state
    own = found.author_id == person.person_id
    draft = state == AnnouncementState.DRAFT
    offered: dict[str, forms.Form | None] = {
        "write": WriteForm(
            initial={
                "category": found.category,
                "title": found.title,
                "body": found.body,
            }
        )
        if own and state in {AnnouncementState.DRAFT, AnnouncementState.CHECKED}
        else None,
        "check": forms.Form() if draft and may_check(person, found.author_id) else None,
        "publish": PublishForm()
        if state == AnnouncementState.CHECKED and may_approve(person, found.author_id)
        else None,
        "withdraw": WithdrawForm()
        if state == AnnouncementState.PUBLISHED and may_withdraw(person)
        else None,
    }
    if tried:
        offered[tried[0]] = tried[1]
    context = {
        "one": found,
        "found": given_away_in(found),
        "files": files_of(found),
        "today": localdate(request.moment),
        **offered,
    }
    status = 422 if tried else 200
    return render(request, "disclosure/one.html", context, status=status)
