"""What people fill in about their own information."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.channels.forms.speaking import ReceiptForm
from shuoshi.common.refusals import Refused
from shuoshi.matters.forms.steps import Words
from shuoshi.matters.rules.sayings import MOST_CONTACT
from shuoshi.privacy.rules.purposes import MOST_WORDS, Wish


__all__ = ["FORMS", "ReceiptForm", "RefusableForm"]


class RefusableForm(forms.Form):
    """A form that shows a refusal beside the field it blames."""

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal beside its field, else on top."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.message)


class ContactForm(RefusableForm):
    """How the speaker wants to be reached from now on."""

    contact = forms.CharField(
        label=_("新的联系方式"),
        max_length=MOST_CONTACT,
        required=False,
        help_text=_("原来的会被覆盖，不留底。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SureForm(RefusableForm):
    """Something that cannot be taken back."""

    sure = forms.BooleanField(label=_("我知道后果，确定清除"))


class WishForm(RefusableForm):
    """What a person asks, to be answered by somebody."""

    wish = forms.ChoiceField(label=_("想要什么"), choices=Wish.choices)
    words = Words(
        label=_("说明"),
        rows=3,
        most=MOST_WORDS,
        required=False,
        help_text=_("要更正的，写清楚改成什么；要解释的，写清楚哪一点。"),
    )


class PlainForm(RefusableForm):
    """Nothing to fill in: the button says it all."""


FORMS: dict[str, Any] = {
    "contact": ContactForm,
    "forget": SureForm,
    "ask": WishForm,
    "agree": PlainForm,
    "withdraw": PlainForm,
}
