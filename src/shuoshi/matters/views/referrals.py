"""Letters about cadres of a higher level: taken in closed, passed up, nothing kept."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.matters.actions.referring import (
    Taken,
    name_higher_organ,
    pass_up,
    send_matter_up,
    take_letter,
)
from shuoshi.matters.forms.referrals import LetterForm, OrganForm
from shuoshi.matters.queries.referrals import (
    Where,
    higher_organ_of,
    letters_here,
    letters_passed,
)
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.rules.referrals import may_go_up, may_pass_up, may_take_letters
from shuoshi.matters.views.desk import DeskRequest, at_desk
from shuoshi.matters.views.matters import matter_for


@sensitive_post_parameters()
@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def referrals(request: DeskRequest) -> HttpResponse:
    """
    Take a letter in, for reception; list what waits and went, for the committee.

    :raises Http404: for everybody else.
    """
    standing = request.desk.standing
    if not (may_take_letters(standing) or may_pass_up(standing)):
        raise Http404
    if request.method != "POST":
        return _page(request)
    if not may_take_letters(standing):
        raise Http404
    form = LetterForm(request.POST)
    if form.is_valid():
        try:
            taken = take_letter(by=standing, now=request.desk.now, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(
                refusal.field if refusal.field in form.fields else None, refusal.message
            )
        else:
            return _slip(request, taken)
    return _page(request, letter=form, status=422)


def _page(
    request: DeskRequest,
    *,
    letter: LetterForm | None = None,
    organ: OrganForm | None = None,
    status: int = 200,
) -> HttpResponse:
    standing, today = request.desk.standing, localdate(request.desk.now)
    where = higher_organ_of(standing.mine_id or 0)
    committee = may_pass_up(standing)
    context = {
        "where": where,
        "today": today,
        "letter": (letter or LetterForm()) if may_take_letters(standing) else None,
        "committee": committee,
        "organ": (organ or OrganForm(initial=asdict(where))) if committee else None,
        "here": letters_here(standing),
        "passed": letters_passed(standing, today.year),
    }
    return render(request, "matters/referrals.html", context, status=status)


def _slip(request: DeskRequest, taken: Taken) -> HttpResponse:
    """Answer with the slip itself: the receipt stands in no address and no session."""
    return render(
        request,
        "matters/referred.html",
        {
            "referral": taken.referral,
            "receipt": taken.receipt,
            "where": higher_organ_of(taken.referral.mine_id),
        },
    )


@at_desk
@require_POST
def passed(request: DeskRequest, uid: UUID) -> HttpResponse:
    """Enter that a letter went up."""
    standing = request.desk.standing
    if not may_pass_up(standing):
        raise Http404
    try:
        referral = pass_up(uid, by=standing, now=request.desk.now)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        text = _("已登记：%(number)s 今天上交。") % {"number": referral.number}
        messages.success(request, text)
    return redirect("matters:referrals")


@at_desk
@require_POST
def organ(request: DeskRequest) -> HttpResponse:
    """Say where such letters go."""
    standing = request.desk.standing
    if not may_pass_up(standing):
        raise Http404
    form = OrganForm(request.POST)
    if not form.is_valid():
        return _page(request, organ=form, status=422)
    name_higher_organ(Where(**form.cleaned_data), by=standing, now=request.desk.now)
    messages.success(request, _("已保存，公开页面马上换成新的。"))
    return redirect("matters:referrals")


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def send_up(request: DeskRequest, number: str) -> HttpResponse:
    """Send a sealed matter up: asked first, for what it says is then gone."""
    standing = request.desk.standing
    matter = matter_for(request, number)
    gate.require(standing, Permission.READ, matter)
    if not may_pass_up(standing):
        raise NotPermitted(_("只有纪委人员可以这样做。"))
    if request.method == "POST":
        try:
            referral = send_matter_up(matter, by=standing, now=request.desk.now)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect(matter)
        text = _("内容已清除。信封上写 %(number)s，%(day)s 前上交。") % {
            "number": referral.number,
            "day": referral.due_on,
        }
        messages.success(request, text)
        return redirect("matters:referrals")
    context = {
        "matter": matter,
        "where": higher_organ_of(matter.mine_id),
        "may_go": may_go_up(matter),
    }
    return render(request, "matters/send_up.html", context)
