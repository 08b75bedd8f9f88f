"""The rule by which open days recur, with the days it gives before it is kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shuoshi.common.refusals import NotPermitted, Outdated, Refused
from shuoshi.reception.actions.open_day_rules import set_open_day_rule
from shuoshi.reception.forms.open_day_rule import RuleForm, filled_with
from shuoshi.reception.queries.open_days import dates_by, open_day_rule_of
from shuoshi.reception.rules.access import may_plan_open_days
from shuoshi.reception.rules.open_day_rules import check_rule, mark_of
from shuoshi.reception.views.seat import ReceptionRequest, for_reception


@for_reception
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: ReceptionRequest) -> HttpResponse:
    standing = request.desk.standing
    if not may_plan_open_days(standing):
        raise NotPermitted(_("民主接待日由统筹人员安排。"))
    kept = open_day_rule_of(standing.mine_id)
    sent = request.POST if request.method == "POST" else None
    form = RuleForm(sent, initial=filled_with(kept))
    recurrence, fallback = kept.recurrence, kept.fallback
    if form.is_valid():
        ruled = form.ruled
        try:
            check_rule(ruled)
            if "save" in request.POST:
                seen = form.cleaned_data["instead_of"]
                set_open_day_rule(
                    ruled, instead_of=seen, by=standing, now=request.desk.now
                )
                messages.success(request, _("规则已改，已经安排的日子不变。"))
                return redirect("reception:open_day_rule")
            recurrence, fallback = ruled.recurrence, ruled.fallback
        except Outdated as outdated:
            # What was typed stays; saved once more, it is meant.
            again = request.POST.copy()
            again["instead_of"] = mark_of(kept)
            form = RuleForm(again)
            form.add_error(None, outdated.message)
        except Refused as refusal:
            form.add_error(
                refusal.field if refusal.field in form.fields else None,
                refusal.message,
            )
    dates = dates_by(
        recurrence,
        fallback,
        mine_id=standing.mine_id or 0,
        today=localdate(request.desk.now),
    )
    context = {
        "form": form,
        "dates": dates,
        "previewed": bool(sent) and not form.errors,
    }
    status = 422 if form.errors else 200
    return render(request, "reception/open_day_rule.html", context, status=status)
