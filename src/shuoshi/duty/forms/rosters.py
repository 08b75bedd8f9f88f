"""Forms of the roster."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.common.widgets import DayInput, offer
from shuoshi.duty.rules.rosters import MOST_A_DAY


Choices = Iterable[tuple[Any, str]]
MOST_MONTHS = 3
LARGEST_SEED = 2**31 - 1


class MonthInput(forms.TextInput):
    """A month, picked with the browser's own control where it has one."""

    input_type = "month"


class MonthField(forms.DateField):
    """The first day of a month."""

    widget = MonthInput

    def __init__(self, **kwargs: Any) -> None:
        """Take a month as browsers write it."""
        super().__init__(
            input_formats=["%Y-%m"],
            error_messages={"invalid": _("月份写成 2026-12 这样。")},
            **kwargs,
        )


class MakeForm(forms.Form):
    """For which months to plan."""

    month = MonthField(label=_("从哪个月起"))
    months = forms.TypedChoiceField(
        label=_("排多久"), coerce=int, choices=[(1, _("一个月")), (3, _("一个季度"))]
    )
    seed = forms.IntegerField(
        label=_("抽签数"),
        min_value=0,
        max_value=LARGEST_SEED,
        initial=0,
        help_text=_("一样平均的排法不止一种，换个数换一种；同一个数排出来总是一样。"),
    )


class _PersonForm(forms.Form):
    person = forms.TypedChoiceField(label=_("谁"), coerce=int)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        """Offer those who receive."""
        super().__init__(*args, **kwargs)
        offer(self, "person", [("", _("请选择")), *people])


class TurnForm(_PersonForm):
    """Somebody on duty on a day, entered by hand."""

    day = forms.DateField(label=_("哪天"), widget=DayInput())


class LeaveForm(_PersonForm):
    """Days on which somebody is away."""

    since = forms.DateField(label=_("从"), widget=DayInput())
    until = forms.DateField(label=_("到"), widget=DayInput())


class RuleForm(forms.Form):
    """How the roster is made."""

    per_day = forms.IntegerField(label=_("每天几人"), min_value=1, max_value=MOST_A_DAY)
    opens_at = forms.TimeField(
        label=_("几点开门"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    apart = forms.BooleanField(label=_("一个人不连着值两个工作日"), required=False)
    first_id = forms.TypedChoiceField(
        label=_("从哪个部门轮起"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        """Offer the departments that take turns."""
        super().__init__(*args, **kwargs)
        offer(self, "first_id", [("", _("照现在的顺序")), *units])


class SwapForm(forms.Form):
    """Which of my turns, to whom, and for which of theirs."""

    turn = forms.TypedChoiceField(label=_("我的哪个班"), coerce=int)
    to = forms.TypedChoiceField(label=_("请谁来值"), coerce=int)
    back = forms.TypedChoiceField(
        label=_("换对方的哪个班"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("不选就是请对方代一次。"),
    )

    def __init__(
        self,
        *args: Any,
        turns: Choices,
        people: Choices,
        theirs: Choices,
        **kwargs: Any,
    ) -> None:
        """Offer my turns, the others, and what they have."""
        super().__init__(*args, **kwargs)
        offer(self, "turn", [("", _("请选择")), *turns])
        offer(self, "to", [("", _("请选择")), *people])
        offer(self, "back", [("", _("不换，请对方代")), *theirs])
