"""For which place a poster is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.matters.rules.sayings import MOST_PLACE


class PosterForm(forms.Form):
    """The place where it will hang."""

    place = forms.CharField(
        label=_("贴在哪里"),
        max_length=MOST_PLACE,
        help_text=_("扫这张码说的事，会带上这个地点。"),
    )
