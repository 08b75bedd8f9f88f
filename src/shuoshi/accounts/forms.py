"""Forms of signing in and of one's own account."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from shuoshi.common.refusals import Refused


def _password(label: Any, kind: str, **how: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
        **how,
    )


NEW_HELP = _(
    "至少 12 个字符，不要用常见的密码。一句自己记得住的话最好，可以有空格和汉字。"
)
TWICE = _("两遍输入的不一样。")


class SignInForm(forms.Form):
    """Who and the password."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "autofocus": True,
            }
        ),
    )
    password = _password(_("密码"), "current-password")


class CodeForm(forms.Form):
    """A code of the authenticator, or one from paper."""

    code = forms.CharField(
        label=_("验证码"),
        help_text=_("验证器上的 6 位数字；手机不在身边，可以用一个恢复码。"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "autofocus": True,
            }
        ),
    )


class ProveForm(forms.Form):
    """The password or a code, once more."""

    proof = forms.CharField(
        label=_("密码或者验证码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "autofocus": True}
        ),
    )


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    new = _password(_("新密码"), "new-password", help_text=NEW_HELP)
    again = _password(_("再输一遍新密码"), "new-password")

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        """Take the person whose password it is."""
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_new(self) -> str:
        """Check that the new password is not an easy one."""
        new: str = self.cleaned_data["new"]
        password_validation.validate_password(new, self.person)
        return new

    def clean(self) -> dict[str, Any]:
        """Check that both entries are the same."""
        given = super().clean() or {}
        new, again = given.get("new"), given.get("again")
        if new and again and new != again:
            self.add_error("again", TWICE)
        return given


class PasswordForm(NewPasswordForm):
    """The old password, and the new one twice."""

    old = _password(_("现在的密码"), "current-password")
    field_order = ["old", "new", "again"]

    def __init__(
        self, *args: Any, proved: Callable[[str], bool], **kwargs: Any
    ) -> None:
        """Take who tells whether a password is the person's, and how often it is asked."""
        super().__init__(*args, **kwargs)
        self.proved = proved

    def clean_old(self) -> str:
        """
        Check the old password.

        :raises ValidationError: if it is not the person's, or was tried too often.
        """
        old: str = self.cleaned_data["old"]
        try:
            is_right = self.proved(old)
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None
        if not is_right:
            raise forms.ValidationError(_("现在的密码不对。"))
        return old


class InvitationForm(NewPasswordForm):
    """The first password, or a new one; a reset asks for its other half too."""

    half = forms.CharField(
        label=_("口令"),
        help_text=_("系统管理员告诉您的 8 位数字，链接由安全管理员给您。"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    field_order = ["half", "new", "again"]

    def __init__(self, *args: Any, halved: bool, **kwargs: Any) -> None:
        """Ask for the half where there is one."""
        super().__init__(*args, **kwargs)
        if not halved:
            del self.fields["half"]
