"""When people are received."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.reception.rules.bookings import Hours


def _time(label: Any, *, required: bool) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


class HoursForm(forms.Form):
    """The hours of the morning, and those of the afternoon if there are any."""

    morning_from = _time(_("上午从"), required=True)
    morning_to = _time(_("上午到"), required=True)
    afternoon_from = _time(_("下午从"), required=False)
    afternoon_to = _time(_("下午到"), required=False)
    minutes = forms.IntegerField(label=_("每个号几分钟"), min_value=5, max_value=240)

    @property
    def hours(self) -> list[Hours]:
        """The hours, for the action."""
        given = self.cleaned_data
        found = [Hours(given["morning_from"], given["morning_to"], given["minutes"])]
        if given["afternoon_from"] and given["afternoon_to"]:
            found.append(
                Hours(given["afternoon_from"], given["afternoon_to"], given["minutes"])
            )
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of the afternoon, or for none."""
        given = super().clean() or {}
        if bool(given.get("afternoon_from")) != bool(given.get("afternoon_to")):
            self.add_error("afternoon_to", _("下午的时间要么都填，要么都空着。"))
        return given
