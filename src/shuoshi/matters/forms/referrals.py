"""Forms of letters that go up to a higher level."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.common.widgets import ReceiptInput
from shuoshi.matters.forms.register import AT_DESK
from shuoshi.matters.rules.referrals import (
    MOST_ADDRESS,
    MOST_NAME,
    MOST_TELEPHONE,
    WITH_A_LETTER,
)
from shuoshi.matters.rules.states import Channel


class LetterForm(forms.Form):
    """How a closed letter came, and whose it is if its receipt was given before."""

    channel = forms.ChoiceField(
        label=_("怎么来的"),
        choices=[(one.value, one.label) for one in AT_DESK if one in WITH_A_LETTER],
        initial=Channel.WALK_IN,
        widget=forms.RadioSelect,
    )
    receipt = forms.CharField(
        label=_("回执号"),
        required=False,
        max_length=60,
        help_text=_(
            "对方在网上已经拿到回执号的，照着输；没有就空着，登记后给一个新的。"
        ),
        widget=ReceiptInput(),
    )


class OrganForm(forms.Form):
    """Where such letters go."""

    name = forms.CharField(label=_("机关名称"), max_length=MOST_NAME)
    address = forms.CharField(label=_("地址"), required=False, max_length=MOST_ADDRESS)
    telephone = forms.CharField(
        label=_("电话"), required=False, max_length=MOST_TELEPHONE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let no browser fill in what it keeps of its owner."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"
