"""Choose the old ledger to bring in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.common.refusals import Refused


class LedgerFileForm(forms.Form):
    """One file; what is in it is looked at by the reader of ledgers."""

    file = forms.FileField(
        label=_("台账文件"),
        help_text=_("Excel 文件（.xlsx、.xls 或 .ods），一次不超过 20 MB、一万行"),
        allow_empty_file=True,
        error_messages={"required": _("请选择一个台账文件。")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods"}),
    )

    def refuse(self, refusal: Refused) -> None:
        """Show the refusal beside the file."""
        self.add_error("file", refusal.message)
