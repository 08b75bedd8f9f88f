"""What every form that takes down a matter asks about personal information."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.privacy.queries.tellings import current_telling
from shuoshi.privacy.rules.purposes import Purpose


class ToldForm(forms.Form):
    """
    The texts that stand beside the form, and whether what is sensitive may be used.

    The versions travel with the form: kept is what was shown, even if the next version
    is published meanwhile.
    """

    told = forms.IntegerField(required=False, widget=forms.HiddenInput)
    told_sensitive = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sensitive = forms.BooleanField(
        label=_("内容里有健康、收入、银行账户等敏感信息"), required=False
    )
    agreed = forms.BooleanField(
        label=_("单独同意为办理这件事使用这些敏感信息"), required=False
    )

    def __init__(self, mine_id: int, *args: Any, **kwargs: Any) -> None:
        """Show the texts of this mine."""
        super().__init__(*args, **kwargs)
        self.telling = current_telling(Purpose.SPEAK, mine_id=mine_id)
        self.separate = current_telling(Purpose.SENSITIVE, mine_id=mine_id)
        self.initial.setdefault("told", self.telling.pk)
        self.initial.setdefault("told_sensitive", self.separate.pk)

    @property
    def told_of(self) -> dict[str, Any]:
        """What a saying keeps of it."""
        given = self.cleaned_data
        agreed = given["told_sensitive"] or self.separate.pk
        return {
            "told": given["told"],
            "sensitive": given["sensitive"] or given["agreed"],
            "agreed": agreed if given["agreed"] else None,
        }
