"""What those who look after people's rights fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.common.widgets import DayInput
from shuoshi.matters.forms.steps import Words
from shuoshi.matters.rules.sayings import MOST_CONTACT, MOST_NAME
from shuoshi.privacy.rules.kinds import MOST_MONTHS
from shuoshi.privacy.rules.purposes import (
    MOST_BODY,
    MOST_LINE,
    MOST_WEIGHED,
    MOST_WORDS,
    Fate,
    Outcome,
    Wish,
)
from shuoshi.rights.forms.own import RefusableForm


class AnswerForm(RefusableForm):
    """How a request is answered."""

    outcome = forms.ChoiceField(
        label=_("能不能照办"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    answer = Words(
        label=_("答复"),
        rows=4,
        most=MOST_WORDS,
        help_text=_("照办的，写办了什么；不能照办的，写明理由和法律依据。本人看得到。"),
    )
    name = forms.CharField(
        label=_("更正后的姓名"), required=False, max_length=MOST_NAME
    )
    contact = forms.CharField(
        label=_("更正后的联系方式"), required=False, max_length=MOST_CONTACT
    )

    def __init__(
        self, *args: Any, wish: str = "", speaker: bool = False, **kwargs: Any
    ):
        """Ask for the corrected words only where there is something to correct."""
        super().__init__(*args, **kwargs)
        if wish != Wish.CORRECT or not speaker:
            del self.fields["name"], self.fields["contact"]
        else:
            for name in ("name", "contact"):
                self.fields[name].widget.attrs["autocomplete"] = "off"


class TellingForm(RefusableForm):
    """The next version of a text."""

    body = Words(label=_("中文（以此为准）"), rows=16, most=MOST_BODY)
    body_en = Words(label=_("英文对照"), rows=8, most=MOST_BODY, required=False)


class PeriodForm(RefusableForm):
    """For how long one kind is kept."""

    months = forms.IntegerField(
        label=_("保存几个月"), min_value=1, max_value=MOST_MONTHS
    )
    fate = forms.ChoiceField(
        label=_("到期怎样"), choices=Fate.choices, widget=forms.RadioSelect
    )
    ground = forms.CharField(label=_("依据"), max_length=2 * MOST_LINE)


class AssessmentForm(RefusableForm):
    """What is weighed before personal information is used in a way that may harm."""

    title = forms.CharField(label=_("评估什么"), max_length=MOST_LINE)
    purpose = Words(label=_("处理目的、方式、种类"), rows=3, most=MOST_WEIGHED)
    necessity = Words(label=_("是否合法、正当、必要"), rows=3, most=MOST_WEIGHED)
    risks = Words(label=_("对个人的影响和风险"), rows=3, most=MOST_WEIGHED)
    measures = Words(
        label=_("保护措施是否合法、有效、与风险相适应"), rows=3, most=MOST_WEIGHED
    )
    approved_by = forms.CharField(label=_("批准人"), max_length=60)
    approved_on = forms.DateField(label=_("批准日期"), widget=DayInput())


class HandingForm(RefusableForm):
    """To whom something is handed outside, what, and on which ground."""

    recipient = forms.CharField(
        label=_("给谁"),
        max_length=MOST_LINE,
        help_text=_("单位全称和经手部门，例如“某区法律援助中心接待科”。"),
    )
    what = forms.CharField(
        label=_("给什么"),
        max_length=2 * MOST_LINE,
        help_text=_("写种类，不写内容，例如“姓名、联系方式、诉求摘要”。"),
    )
    ground = forms.CharField(
        label=_("依据"),
        max_length=2 * MOST_LINE,
        help_text=_("法律条文，或者“说事人单独同意”。"),
    )
    by_consent = forms.BooleanField(label=_("依据说事人的单独同意"), required=False)
