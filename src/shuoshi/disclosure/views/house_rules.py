"""The rules of the room: for everybody to read, for coordinators to publish."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.disclosure.actions.house_rules import publish_rule
from shuoshi.disclosure.forms.house_rules import RuleForm
from shuoshi.disclosure.queries.house_rules import rule_shown, rules_shown, versions_of
from shuoshi.disclosure.rules.access import may_publish
from shuoshi.disclosure.rules.house_rules import HouseRule
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.queries.units import mines


if TYPE_CHECKING:
    from shuoshi.org.models import Mine


# No rule has a version of more digits.
LONGEST = 7


def _mine(request: HttpRequest) -> "Mine":
    code = request.GET.get("mine", "")
    for mine in mines():
        if code in {"", mine.code}:
            return mine
    raise Http404


@require_safe
def house_rules(request: HttpRequest) -> HttpResponse:
    """The five, for whoever likes to know."""
    mine = _mine(request)
    context = {"mine": mine, "rules": rules_shown(mine.pk)}
    return render(request, "disclosure/rules.html", context)


@require_safe
def house_rule(request: HttpRequest, name: str) -> HttpResponse:
    """One of them, as it holds or as it held: ``?version=2``."""
    mine, asked = _mine(request), request.GET.get("version", "")
    version = (
        int(asked)
        if asked.isascii() and asked.isdigit() and len(asked) < LONGEST
        else 0
    )
    try:
        shown = rule_shown(name, mine_id=mine.pk, version=version or None)
    except (ValueError, LookupError):
        raise Http404 from None
    context = {
        "mine": mine,
        "shown": shown,
        "versions": versions_of(name, mine_id=mine.pk),
    }
    return render(request, "disclosure/rule.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, name: str) -> HttpResponse:
    """
    Publish one of them anew.

    :raises NotPermitted: for who does not publish.
    """
    # login_required has been passed, so this is a person.
    standing = standing_of(request.user)  # type: ignore[arg-type]
    if not may_publish(standing):
        raise NotPermitted(_("制度由统筹人员发布。"))
    if name not in HouseRule.values:
        raise Http404
    # A sample is published in the language that holds, whatever language its reader has.
    with override(settings.LANGUAGE_CODE):
        held = rule_shown(name, mine_id=standing.mine_id or 0)
    sent = (request.POST,) if request.method == "POST" else ()
    form = RuleForm(*sent, clauses=held.clauses, initial={"seen": held.version})
    if form.is_valid():
        try:
            publish_rule(
                name,
                form.clauses,
                seen=form.cleaned_data["seen"],
                by=standing,
                now=now(),
            )
        except Refused as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, refusal.message)
        else:
            messages.success(request, _("已发布，公开页面马上换成新的。"))
            return redirect("disclosure:publish", name)
    context = {"form": form, "shown": held, "rules": rules_shown(standing.mine_id or 0)}
    status = 422 if form.errors else 200
    return render(request, "disclosure/publish.html", context, status=status)
