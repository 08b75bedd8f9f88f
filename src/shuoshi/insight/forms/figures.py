"""What the figures can be asked for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.common.widgets import DayInput
from shuoshi.insight.queries.behind import Behind
from shuoshi.insight.queries.wish import FIRST, LAST, Wish
from shuoshi.matters.rules.figures import LABELS
from shuoshi.matters.rules.states import Channel


class FiguresForm(forms.Form):
    """A period, and one of the units that the person may ask for."""

    since = forms.DateField(label=_("从"), widget=DayInput)
    until = forms.DateField(label=_("到"), widget=DayInput)
    unit = forms.ChoiceField(label=_("单位"), required=False)

    def __init__(self, units: dict[str, str], *args: Any, **kwargs: Any) -> None:
        """Offer these units."""
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [("", _("全部")), *units.items()]

    def clean_since(self) -> date:
        """
        Check the first day.

        :raises ValidationError: if it lies beyond what a figure can be about.
        """
        return _within(self.cleaned_data["since"])

    def clean_until(self) -> date:
        """
        Check the last day.

        :raises ValidationError: if it lies beyond what a figure can be about.
        """
        return _within(self.cleaned_data["until"])

    def clean(self) -> dict[str, Any]:
        """Check that the period does not end before it begins."""
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", _("“到”不能早于“从”。"))
        return given

    @property
    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(given["since"], given["until"], given.get("unit", ""))


class BehindForm(FiguresForm):
    """The same, and which number of the page."""

    of = forms.ChoiceField(choices=list(LABELS.items()))
    row = forms.CharField(required=False, max_length=60)
    channel = forms.ChoiceField(required=False, choices=[("", ""), *Channel.choices])

    @property
    def behind(self) -> Behind:
        given = self.cleaned_data
        return Behind(self.wish, given["of"], given["row"], given["channel"])


def _within(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise forms.ValidationError(_("请选2000年至2099年之间的日期。"))
    return day
