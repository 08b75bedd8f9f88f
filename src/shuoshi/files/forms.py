"""A field that takes files and gives them back clean."""

from typing import Any

from django import forms

from shuoshi.common.widgets import FilesField
from shuoshi.files.queries.uploads import taken_in
from shuoshi.files.rules.kinds import FileRefused
from shuoshi.files.rules.uploads import CleanFile


class CleanFilesField(FilesField):
    """
    Several files, checked and cleaned while the form is.

    Re-encoding a photo takes seconds; done here, no transaction waits for it.
    """

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:  # type: ignore[override]
        """
        Return the clean files.

        :raises ValidationError: naming the file that cannot be taken.
        """
        try:
            return [taken_in(upload) for upload in super().clean(data, initial)]
        except FileRefused as refusal:
            raise forms.ValidationError(refusal.message) from None
