"""Forms of what is made public."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.disclosure.rules.announcements import (
    FEWEST_DAYS,
    MOST_BODY,
    MOST_DAYS,
    MOST_REASON,
    MOST_TITLE,
    Category,
)
from shuoshi.files.forms import CleanFilesField
from shuoshi.matters.forms.steps import Words


class WriteForm(forms.Form):
    """What is to be made public."""

    category = forms.ChoiceField(
        label=_("类别"), choices=[("", _("请选择")), *Category.choices]
    )
    title = forms.CharField(label=_("标题"), max_length=MOST_TITLE)
    body = Words(
        label=_("内容"),
        rows=12,
        most=MOST_BODY,
        help_text=_("涉密的、说事人的、私人的电话和证件号都不要写。"),
    )
    attachments = CleanFilesField(
        label=_("附件"),
        required=False,
        help_text=_("里面有没有涉密的和私人的，要打开看过：程序看不到附件里写什么。"),
    )


class PublishForm(forms.Form):
    """For how long, and whether the staff named in it are meant to be."""

    days = forms.IntegerField(
        label=_("公开几天"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        initial=FEWEST_DAYS,
    )
    names_meant = forms.BooleanField(
        label=_("里面的员工姓名确实要公开"), required=False
    )


class WithdrawForm(forms.Form):
    """Why it is taken off."""

    reason = Words(label=_("撤下的原因"), rows=2, most=MOST_REASON)


class DropForm(forms.Form):
    """Which file is taken away."""

    file = forms.UUIDField(widget=forms.HiddenInput)
