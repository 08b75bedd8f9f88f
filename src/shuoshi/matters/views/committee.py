"""The committee's key: founded, unlocked, locked, handed on, replaced."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shuoshi.common.committees import unlocked_secret
from shuoshi.common.refusals import Refused
from shuoshi.matters.actions.committee import (
    Unlocked,
    change_passphrase,
    found_committee_key,
    rotate_committee_key,
    share_key,
    unlock,
)
from shuoshi.matters.actions.handing_over import hand_over_waiting
from shuoshi.matters.forms.committee import NewPassphraseForm, ShareForm, UnlockForm
from shuoshi.matters.queries.committee import (
    committee_key_of,
    holder_of,
    holders_of,
    members,
)
from shuoshi.matters.rules.committee import GIVEN_FOR, holds_the_seal
from shuoshi.matters.views import unlocking
from shuoshi.matters.views.desk import DeskRequest, at_desk


if TYPE_CHECKING:
    from django.forms import Form

PAGE = "matters/committee.html"
NUMBER = re.compile(r"[0-9]{4}-[0-9]{4,9}")
Deed = Callable[[DeskRequest, "Form"], HttpResponse]


@sensitive_post_parameters()
@at_desk
@require_http_methods(["GET", "POST"])
def committee(request: DeskRequest) -> HttpResponse:
    """
    Show the committee its key, and do what was asked of it.

    :raises Http404: for everybody else.
    """
    if not holds_the_seal(request.desk.standing):
        raise Http404
    forms = _forms(request)
    if request.method != "POST":
        return _page(request, forms)
    asked = request.POST.get("do", "")
    if asked == "lock":
        return unlocking.lock(request, redirect("matters:committee"))
    if asked not in DEEDS or asked not in forms:
        return _page(request, forms, status=422)
    form = forms[asked]
    if not form.is_valid():
        return _page(request, forms, status=422)
    try:
        return DEEDS[asked](request, form)
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal.message)
        return _page(request, forms, status=422)


def _forms(request: DeskRequest) -> "dict[str, Form]":
    """Return the forms that stand on the page now, what was sent in the one it is for."""
    mine_id = request.desk.standing.mine_id or 0
    key = committee_key_of(mine_id)
    if key is None:
        return {"found": _form(request, "found", NewPassphraseForm)}
    if unlocked_secret(str(key.pk)) is None:
        return {"unlock": _form(request, "unlock", UnlockForm)}
    own = request.desk.standing.person_id
    colleagues = [one for one in members(mine_id) if one.pk != own]
    forms = {
        "passphrase": _form(request, "passphrase", NewPassphraseForm),
        "rotate": _form(request, "rotate", NewPassphraseForm),
    }
    if colleagues:
        forms["share"] = _form(request, "share", ShareForm, colleagues=colleagues)
    return forms


def _form(request: DeskRequest, name: str, form: "type[Form]", **given: Any) -> "Form":
    sent = request.POST if request.POST.get("do") == name else None
    return form(sent, auto_id=f"{name}_%s", **given)


def _page(
    request: DeskRequest, forms: "dict[str, Form]", *, status: int = 200
) -> HttpResponse:
    standing = request.desk.standing
    key = committee_key_of(standing.mine_id or 0)
    own = holder_of(key, standing.person_id or 0) if key else None
    here = {one.pk for one in members(standing.mine_id or 0)}
    holders = holders_of(key) if key else []
    context = {
        "key": key,
        "forms": forms,
        "own": own,
        "holders": [(one, one.person_id in here) for one in holders],
        "number": _number(request),
    }
    return render(request, PAGE, context, status=status)


def _number(request: DeskRequest) -> str:
    """Return the number of the matter that somebody came from."""
    number = request.POST.get("number", "")
    return number if NUMBER.fullmatch(number) else ""


def _found(request: DeskRequest, form: "Form") -> HttpResponse:
    desk = request.desk
    opened = found_committee_key(
        form.cleaned_data["passphrase"], by=desk.standing, now=desk.now
    )
    hand_over_waiting(now=desk.now)
    return _copy(request, opened)


def _copy(request: DeskRequest, opened: Unlocked) -> HttpResponse:
    """Show this once what is printed and locked away."""
    answer = render(
        request, "matters/committee_copy.html", {"paper": opened.secret.on_paper()}
    )
    return unlocking.keep(request, answer, str(opened.key.pk), opened.secret)


def _unlock(request: DeskRequest, form: "Form") -> HttpResponse:
    desk = request.desk
    opened = unlock(form.cleaned_data["passphrase"], by=desk.standing, now=desk.now)
    own = holder_of(opened.key, desk.standing.person_id or 0)
    number = _number(request)
    if own is None or own.expires_at is not None:
        messages.info(request, _("已经解锁。请现在就设一个自己的口令。"))
        number = ""
    onward = (
        redirect("matters:matter", number) if number else redirect("matters:committee")
    )
    return unlocking.keep(request, onward, str(opened.key.pk), opened.secret)


def _passphrase(request: DeskRequest, form: "Form") -> HttpResponse:
    desk = request.desk
    change_passphrase(form.cleaned_data["passphrase"], by=desk.standing, now=desk.now)
    messages.success(request, _("口令已经换好，从现在起用新口令解锁。"))
    return redirect("matters:committee")


def _share(request: DeskRequest, form: "Form") -> HttpResponse:
    desk = request.desk
    person = form.cleaned_data["person"]
    given = share_key(person, by=desk.standing, now=desk.now)
    named = {one.pk: one.name for one in members(desk.standing.mine_id or 0)}
    context = {"given": given, "person": named[person], "days": GIVEN_FOR.days}
    return render(request, "matters/committee_copy.html", context)


def _rotate(request: DeskRequest, form: "Form") -> HttpResponse:
    desk = request.desk
    opened = rotate_committee_key(
        form.cleaned_data["passphrase"], by=desk.standing, now=desk.now
    )
    return _copy(request, opened)


DEEDS: dict[str, Deed] = {
    "found": _found,
    "unlock": _unlock,
    "passphrase": _passphrase,
    "share": _share,
    "rotate": _rotate,
}
