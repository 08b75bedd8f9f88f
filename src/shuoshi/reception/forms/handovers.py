"""What is left to the next on duty."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.matters.forms.steps import Words
from shuoshi.reception.rules.handovers import MOST_WORDS


class HandoverForm(forms.Form):
    """A few lines beside what is unfinished, which is listed by itself."""

    words = Words(
        label=_("交班的话"),
        rows=5,
        most=MOST_WORDS,
        required=False,
        help_text=_(
            "要下一班留意的写在这里。不要写事情的内容和人名：下一班不一定该知道。"
        ),
    )
