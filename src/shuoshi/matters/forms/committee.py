"""Forms of the committee's key."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.common.widgets import offer
from shuoshi.matters.rules.committee import (
    LEAST,
    MOST,
    PassphraseRefused,
    checked_passphrase,
)


if TYPE_CHECKING:
    from collections.abc import Iterable

    from shuoshi.accounts.models import User


def _passphrase(label: Any, kind: str, **how: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MOST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
        **how,
    )


class UnlockForm(forms.Form):
    """One's own passphrase, or the copy on paper."""

    passphrase = _passphrase(
        _("口令"),
        "off",
        help_text=_("您自己的纪委口令；忘了，就照打印保存的恢复件输入。"),
    )


class NewPassphraseForm(forms.Form):
    """A new passphrase, twice."""

    passphrase = _passphrase(
        _("新口令"),
        "new-password",
        help_text=_(
            "至少 %(least)d 个字符，不要和登录密码相同。一句自己记得住的话最好。"
        ),
    )
    again = _passphrase(_("再输一遍"), "new-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say how long it has to be."""
        super().__init__(*args, **kwargs)
        field = self.fields["passphrase"]
        field.help_text = field.help_text % {"least": LEAST}

    def clean_passphrase(self) -> str:
        """
        Check that it is not an easy one.

        :raises ValidationError: if it is.
        """
        try:
            return checked_passphrase(self.cleaned_data["passphrase"])
        except PassphraseRefused as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def clean(self) -> dict[str, Any]:
        """Check that both entries are the same."""
        given = super().clean() or {}
        first, again = given.get("passphrase"), given.get("again")
        if first and again and first != again:
            self.add_error("again", _("两遍输入的不一样。"))
        return given


class ShareForm(forms.Form):
    """Which colleague of the committee."""

    person = forms.TypedChoiceField(label=_("同事"), coerce=int)

    def __init__(self, *args: Any, colleagues: "Iterable[User]", **kwargs: Any) -> None:
        """Offer these colleagues."""
        super().__init__(*args, **kwargs)
        choices = [(one.pk, one.name) for one in colleagues]
        offer(self, "person", [("", "—"), *choices])
