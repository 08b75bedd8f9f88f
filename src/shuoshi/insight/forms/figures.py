"""What the figures can be asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.common.widgets import offer
from shuoshi.insight.queries.behind import Behind
from shuoshi.insight.queries.wish import PARTS, Wish
from shuoshi.matters.rules.figures import LABELS
from shuoshi.matters.rules.spans import FIRST_YEAR, LAST_YEAR, YEAR, Span
from shuoshi.matters.rules.states import Channel


_BEYOND = _("请选2000年至2099年之间的年份。")


class FiguresForm(forms.Form):
    """A year or a part of it, and one of the units that the person may ask for."""

    year = forms.IntegerField(
        label=_("年份"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={"min_value": _BEYOND, "max_value": _BEYOND},
    )
    part = forms.ChoiceField(
        label=_("时段"), required=False, choices=list(PARTS.items())
    )
    unit = forms.ChoiceField(label=_("单位"), required=False)

    def __init__(self, units: dict[str, str], *args: Any, **kwargs: Any) -> None:
        """Offer these units."""
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", _("全部")), *units.items()])

    @property
    def wish(self) -> Wish:
        given = self.cleaned_data
        return Wish(
            Span(given["year"], int(given["part"] or YEAR)), given.get("unit", "")
        )


class BehindForm(FiguresForm):
    """The same, and which number of the page."""

    of = forms.ChoiceField(choices=list(LABELS.items()))
    row = forms.CharField(required=False, max_length=60)
    channel = forms.ChoiceField(required=False, choices=[("", ""), *Channel.choices])

    @property
    def behind(self) -> Behind:
        given = self.cleaned_data
        return Behind(self.wish, given["of"], given["row"], given["channel"])
