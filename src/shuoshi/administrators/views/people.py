"""People: entered by the system administrator, given posts by the security administrator."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from shuoshi.accounts.queries.factors import factors_of
from shuoshi.accounts.queries.invitations import half_waits_for, is_known
from shuoshi.accounts.queries.people import tokens_of
from shuoshi.accounts.queries.sessions import sessions_of
from shuoshi.administrators.forms import EnterForm, FindForm, GrantForm
from shuoshi.administrators.views.office import OfficeRequest, for_administrators
from shuoshi.common.pages import go, page
from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.org.actions.posts import (
    enter,
    grant_post,
    invite_again,
    let_go,
    read_first_half,
    sign_out_everywhere,
    withdraw_post,
)
from shuoshi.org.queries.people import people_entered, post_numbered
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.proposals import ROWS
from shuoshi.org.rules.roles import Role


if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from shuoshi.accounts.actions.invitations import Invited
    from shuoshi.accounts.models import User

A_PAGE = 50


def person_here(request: OfficeRequest, person_id: int) -> "User":
    """
    Return somebody of the mine, or who has no post yet.

    :raises Http404: for everybody else.
    """
    here = people_entered(request.desk.standing.mine_id or 0)
    found = here.filter(pk=person_id).first()
    if found is None:
        raise Http404
    return found


def unit_choices(request: OfficeRequest) -> list[tuple[str, str]]:
    units = tree_of(request.desk.standing.mine_id or 0).units.values()
    return [(str(unit.pk), unit.name) for unit in units]


def link_of(request: OfficeRequest, invited: "Invited") -> str:
    return request.build_absolute_uri(
        resolve_url("accounts:open_link", invited.link_part)
    )


@for_administrators(Role.SYSADMIN, Role.SECADMIN)
@require_safe
def people(request: OfficeRequest) -> "HttpResponseBase":
    form = FindForm(request.GET)
    named = form.cleaned_data["q"] if form.is_valid() else ""
    found = people_entered(request.desk.standing.mine_id or 0, named=named)
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "find": form,
        "shown": shown,
        "may_enter": request.desk.standing.is_any(Role.SYSADMIN),
    }
    return page(request, "administrators/people.html", "", context)


@for_administrators(Role.SYSADMIN)
@require_http_methods(["GET", "POST"])
def enter_one(request: OfficeRequest) -> "HttpResponseBase":
    form = EnterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            person, invited = enter(
                **form.cleaned_data, by=request.desk.standing, now=request.desk.now
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return _invited(request, person, invited)
    return page(request, "administrators/enter.html", "form", {"form": form})


def _invited(
    request: OfficeRequest, person: "User", invited: "Invited"
) -> "HttpResponseBase":
    context = {
        "person": person,
        "link": link_of(request, invited),
        "until": invited.expires_at,
    }
    return page(request, "administrators/invited.html", "", context)


def _shown(
    request: OfficeRequest, person_id: int, form: GrantForm | None = None
) -> "HttpResponseBase":
    found, standing = person_here(request, person_id), request.desk.standing
    security = standing.is_any(Role.SECADMIN)
    context: dict[str, Any] = {
        "person": found,
        "system": standing.is_any(Role.SYSADMIN),
        "security": security,
        "oneself": found.pk == standing.person_id,
        "factors": factors_of(found),
        "known": is_known(found),
        "asks": [kind for kind, row in ROWS.items() if standing.is_any(*row.asks)],
    }
    if security:
        context |= {
            "sessions": sessions_of(found, now=request.desk.now),
            "tokens": tokens_of(found, now=request.desk.now),
            "half_waits": half_waits_for(found, now=request.desk.now),
            "form": form or GrantForm(units=unit_choices(request)),
        }
    return page(request, "administrators/person.html", "", context)


@for_administrators()
@require_safe
def person(request: OfficeRequest, person_id: int) -> "HttpResponseBase":
    return _shown(request, person_id)


@for_administrators(Role.SYSADMIN)
@require_POST
def invite_one(request: OfficeRequest, person_id: int) -> "HttpResponseBase":
    found = person_here(request, person_id)
    try:
        invited = invite_again(found, by=request.desk.standing, now=request.desk.now)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _back(request, person_id)
    return _invited(request, found, invited)


@for_administrators(Role.SECADMIN)
@require_POST
def first_half(request: OfficeRequest, person_id: int) -> "HttpResponseBase":
    found = person_here(request, person_id)
    try:
        told = read_first_half(found, by=request.desk.standing, now=request.desk.now)
    except NotPermitted:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _back(request, person_id)
    context = {"person": found, "half": told, "first": True}
    return page(request, "administrators/half.html", "", context)


@for_administrators(Role.SYSADMIN)
@require_POST
def let_one_go(request: OfficeRequest, person_id: int) -> "HttpResponseBase":
    found = person_here(request, person_id)
    try:
        let_go(found, by=request.desk.standing, now=request.desk.now)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("账号已经停用，岗位已经结束。"))
    return go(request, "administrators:people")


@for_administrators(Role.SECADMIN)
@require_POST
def grant(request: OfficeRequest, person_id: int) -> "HttpResponseBase":
    found = person_here(request, person_id)
    form = GrantForm(request.POST, units=unit_choices(request))
    if form.is_valid():
        given = form.cleaned_data
        units = tree_of(request.desk.standing.mine_id or 0).units
        try:
            grant_post(
                found,
                role=Role(given["role"]),
                unit=units[int(given["unit"])],
                title=given["title"],
                by=request.desk.standing,
                now=request.desk.now,
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("岗位已经授予。"))
            return _back(request, person_id)
    return _shown(request, person_id, form)


@for_administrators(Role.SECADMIN)
@require_POST
def withdraw(request: OfficeRequest, post_id: int) -> "HttpResponseBase":
    post = post_numbered(post_id, mine_id=request.desk.standing.mine_id or 0)
    if post is None:
        raise Http404
    try:
        withdraw_post(post, by=request.desk.standing, now=request.desk.now)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("岗位已经收回。"))
    return _back(request, post.person_id)


@for_administrators(Role.SECADMIN)
@require_POST
def sign_out(request: OfficeRequest, person_id: int) -> "HttpResponseBase":
    sign_out_everywhere(
        person_here(request, person_id),
        by=request.desk.standing,
        now=request.desk.now,
    )
    messages.success(request, _("这个人的登录都已结束，本人会得到通知。"))
    return _back(request, person_id)


def _back(request: OfficeRequest, person_id: int) -> "HttpResponseBase":
    return go(request, resolve_url("administrators:person", person_id))
