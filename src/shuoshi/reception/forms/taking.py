"""Take down a call in the order in which one speaks, and a letter from its scan."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuoshi.common.widgets import FilesInput, offer
from shuoshi.files.forms import CleanFilesField
from shuoshi.matters.forms.register import RegisterForm
from shuoshi.matters.rules.sayings import MOST_CONTACT, MOST_PLACE
from shuoshi.matters.rules.states import Channel, Identity


class CallForm(RegisterForm):
    """What is asked on the telephone; what must be said aloud is ticked."""

    contact_again = forms.CharField(
        label=gettext_lazy("再听写一遍号码"),
        required=False,
        max_length=MOST_CONTACT,
        help_text=gettext_lazy("念给对方听，两遍一样才算听清。匿名不记号码。"),
    )
    informed = forms.BooleanField(
        label=gettext_lazy("告知书已经念给对方听，对方同意"),
        error_messages={"required": gettext_lazy("念过告知书、对方同意以后再登记。")},
    )
    read_back = forms.BooleanField(
        label=gettext_lazy("事情已经复述一遍，对方说没有错"),
        error_messages={"required": gettext_lazy("请先把事情复述给对方听。")},
    )

    def __init__(self, mine_id: int, *args: Any, **kwargs: Any) -> None:
        """Ask for what a call needs; by which road it came is known."""
        super().__init__(mine_id, *args, **kwargs)
        del self.fields["channel"]
        self.fields["contact"].label = _("回电号码")
        for name in ("contact", "contact_again"):
            self.fields[name].widget.attrs |= {
                "autocomplete": "off",
                "inputmode": "tel",
            }

    def clean(self) -> dict[str, Any]:
        """
        Compare the two numbers.

        :raises ValidationError: never; what is wrong stands beside its field.
        """
        given = super().clean() or self.cleaned_data
        heard, again = given.get("contact", ""), given.get("contact_again", "")
        anonymous = given.get("identity") == Identity.ANONYMOUS
        if not anonymous and "".join(heard.split()) != "".join(again.split()):
            self.add_error("contact_again", _("两遍听写的号码不一样，请再问一遍。"))
        return given


class ScanForm(RegisterForm):
    """A letter: its scan, where it was found, and who opened the box with whom."""

    scan = CleanFilesField(
        label=gettext_lazy("扫描件"),
        help_text=gettext_lazy("照片或者PDF，最多9个，每个不超过20兆。"),
        widget=FilesInput(attrs={"accept": "image/*,.pdf"}),
    )
    found_at = forms.CharField(
        label=gettext_lazy("在哪里收到"),
        max_length=MOST_PLACE,
        help_text=gettext_lazy("例如：井口信箱、邮寄、当面交来"),
    )
    opened_with = forms.TypedChoiceField(
        label=gettext_lazy("和谁一起拆的"),
        coerce=int,
        help_text=gettext_lazy("信箱两个人一起开。"),
    )

    def __init__(
        self, mine_id: int, *args: Any, people: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        """Offer who may have opened it as well."""
        super().__init__(mine_id, *args, **kwargs)
        del self.fields["channel"]
        offer(self, "opened_with", [("", _("请选择")), *people])
        self.fields["text"].help_text = _("照信上写的录入；看不清的写“看不清”。")


# By which road what is taken down here came.
BY_CALL, BY_LETTER = Channel.PHONE, Channel.LETTER
