"""Forms of the leaders' open days."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.common.widgets import DayInput, offer
from shuoshi.matters.forms.steps import Words


Choices = Iterable[tuple[Any, str]]


class PlanForm(forms.Form):
    """Which month, who receives, which departments sit beside them."""

    month = forms.ChoiceField(label=_("哪个月"))
    leader = forms.TypedChoiceField(label=_("谁接待"), coerce=int)
    departments = forms.TypedMultipleChoiceField(
        label=_("陪同部门"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    day = forms.DateField(
        label=_("改在哪天"),
        required=False,
        widget=DayInput(),
        help_text=_("空着就照规则。"),
    )

    def __init__(
        self,
        *args: Any,
        months: Choices,
        leaders: Choices,
        units: Choices,
        **kwargs: Any,
    ) -> None:
        """Offer what can be planned."""
        super().__init__(*args, **kwargs)
        offer(self, "month", months)
        offer(self, "leader", [("", _("请选择")), *leaders])
        offer(self, "departments", units)


class SubstituteForm(forms.Form):
    """Who receives in the leader's place."""

    substitute = forms.TypedChoiceField(
        label=_("谁替"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, leaders: Choices, **kwargs: Any) -> None:
        """Offer the leaders."""
        super().__init__(*args, **kwargs)
        offer(self, "substitute", [("", _("不用人替")), *leaders])


class CancelForm(forms.Form):
    """Why it does not take place."""

    reason = Words(label=_("取消的原因"), rows=2, most=200)


class ReportForm(forms.Form):
    """What became of the day; everybody will read it."""

    report = Words(
        label=_("当天情况"),
        rows=6,
        most=3000,
        help_text=_("公开给所有人看：写几个人来、说了哪几类事、答应了什么，不写人名。"),
    )
