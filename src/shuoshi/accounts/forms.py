"""Forms of signing in and of one's own password."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _


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
    password = forms.CharField(
        label=_("密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    """The old password, and the new one twice."""

    old = forms.CharField(
        label=_("现在的密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("新密码"),
        help_text=_("至少 10 个字符，不要用常见的密码。一句自己记得住的话最好。"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一遍新密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        """Take the person whose password it is."""
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_old(self) -> str:
        """
        Check the old password.

        :raises ValidationError: if it is not the person's.
        """
        old: str = self.cleaned_data["old"]
        if not self.person.check_password(old):
            raise forms.ValidationError(_("现在的密码不对。"))
        return old

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
            self.add_error("again", _("两遍输入的不一样。"))
        return given
