"""Forms of what was promised."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.common.widgets import DayInput, offer
from shuoshi.matters.forms.steps import Words
from shuoshi.reception.rules.promises import MOST_OUTCOME, MOST_PROMISE


class PromiseForm(forms.Form):
    """What, by whom, by when."""

    words = Words(label=_("答应了什么"), rows=3, most=MOST_PROMISE)
    unit = forms.TypedChoiceField(label=_("哪个单位办"), coerce=int)
    due_on = forms.DateField(label=_("哪天办好"), widget=DayInput())

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the units."""
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", _("请选择")), *units])


class OutcomeForm(forms.Form):
    """What came of it."""

    kept = forms.TypedChoiceField(
        label=_("做到了没有"),
        choices=[("1", _("做到了")), ("0", _("没有做到"))],
        coerce=lambda text: text == "1",
        widget=forms.RadioSelect,
    )
    words = Words(label=_("怎么办的，或者为什么没有办"), rows=2, most=MOST_OUTCOME)
