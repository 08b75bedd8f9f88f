"""When the leaders' open days recur."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.common.refusals import Refused
from shuoshi.reception.rules.open_day_rules import MOST_ANNOUNCE_DAYS, Ruled, mark_of
from shuoshi.reception.rules.open_days import Fallback, check_recurrence


if TYPE_CHECKING:
    from shuoshi.reception.models import OpenDayRule

WEEKS = [
    ("1", _("第一个")), ("2", _("第二个")), ("3", _("第三个")),
    ("4", _("第四个")), ("-1", _("最后一个")),
]  # fmt: skip
WEEKDAYS = [
    ("MO", _("星期一")), ("TU", _("星期二")), ("WE", _("星期三")),
    ("TH", _("星期四")), ("FR", _("星期五")),
]  # fmt: skip
PLAIN = re.compile(r"FREQ=MONTHLY;BYDAY=(-1|[1-4])(MO|TU|WE|TH|FR)")


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget)


class RuleForm(forms.Form):
    """Which day of the month, what happens on a day off, when it is announced, from when to when."""

    week = forms.ChoiceField(label=_("每月"), choices=WEEKS)
    weekday = forms.ChoiceField(label=_("星期几"), choices=WEEKDAYS)
    recurrence = forms.CharField(
        label=_("别的规则"),
        required=False,
        max_length=200,
        help_text=_("一般空着。写了就照它：RFC 5545，如 FREQ=MONTHLY;BYMONTHDAY=15。"),
    )
    fallback = forms.ChoiceField(label=_("遇到不上班的日子"), choices=Fallback.choices)
    announce_days = forms.IntegerField(
        label=_("提前几天公告"), min_value=0, max_value=MOST_ANNOUNCE_DAYS
    )
    starts_at = _time(_("从"))
    ends_at = _time(_("到"))
    slot_minutes = forms.IntegerField(
        label=_("每个号几分钟"), min_value=5, max_value=120
    )
    # Which rule stood there when the form was opened.
    instead_of = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_recurrence(self) -> str:
        """Take what RFC 5545 knows."""
        given: str = self.cleaned_data["recurrence"]
        if not given.strip():
            return ""
        try:
            return check_recurrence(given)
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None

    @property
    def ruled(self) -> Ruled:
        """The rule, for the action."""
        given = dict(self.cleaned_data)
        del given["instead_of"]
        week, weekday = given.pop("week"), given.pop("weekday")
        usual = f"FREQ=MONTHLY;BYDAY={week}{weekday}"
        return Ruled(**given | {"recurrence": given["recurrence"] or usual})


def filled_with(rule: "OpenDayRule") -> dict[str, Any]:
    """Return how the form stands for a rule."""
    plain = PLAIN.fullmatch(rule.recurrence)
    return {
        "week": plain[1] if plain else "-1",
        "weekday": plain[2] if plain else "TH",
        "recurrence": "" if plain else rule.recurrence,
        "fallback": rule.fallback,
        "announce_days": rule.announce_days,
        "starts_at": rule.starts_at,
        "ends_at": rule.ends_at,
        "slot_minutes": rule.slot_minutes,
        "instead_of": mark_of(rule),
    }
