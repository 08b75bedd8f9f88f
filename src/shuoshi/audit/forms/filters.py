"""What the auditor can ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.audit.queries.trail import Wish
from shuoshi.audit.rules.kinds import KINDS
from shuoshi.common.widgets import DayInput


class TrailFilter(forms.Form):
    """Filters that all may be left out; what cannot be meant filters nothing."""

    who = forms.CharField(
        label=_("谁（登录名或者姓名）"), required=False, max_length=60
    )
    kind = forms.ChoiceField(
        label=_("做了什么"),
        required=False,
        choices=[("", _("全部")), *((kind.code, kind.label) for kind in KINDS)],
    )
    number = forms.CharField(label=_("事项编号"), required=False, max_length=20)
    since = forms.DateField(label=_("从"), required=False, widget=DayInput)
    until = forms.DateField(label=_("到"), required=False, widget=DayInput)

    @property
    def wish(self) -> Wish:
        """What is asked for, as far as it can be meant."""
        self.is_valid()
        given = self.cleaned_data
        return Wish(
            who=given.get("who", "").strip(),
            kind=given.get("kind", ""),
            number=given.get("number", "").strip(),
            since=given.get("since"),
            until=given.get("until"),
        )
