"""Fields and widgets that Django lacks: cards, grades, days, receipts, several files."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _


if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """
    Let a field of this form offer what is only known now.

    :raises TypeError: if the field offers nothing.
    """
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = list(choices)


class ReceiptInput(forms.TextInput):
    """Sixteen digits, in fours as on paper; kept by no browser."""

    def __init__(self) -> None:
        """Bring the keys of a telephone."""
        super().__init__(
            attrs={
                "data-receipt": True,
                "inputmode": "numeric",
                "autocomplete": "off",
                "class": "receipt-in",
            }
        )


class RadioCards(forms.RadioSelect):
    """Choices as cards, each with a sentence that explains it."""

    template_name = "parts/widgets/cards.html"

    def __init__(
        self, explained: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        """Take the sentence of each value."""
        super().__init__(**kwargs)
        self.explained = explained or {}

    def create_option(
        self, name: str, value: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Put the sentence beside its choice."""
        option = super().create_option(name, value, *args, **kwargs)
        option["explained"] = self.explained.get(str(value), "")
        return option


class Grades(forms.RadioSelect):
    """A few grades in one row, each a target as large as a thumb."""

    template_name = "parts/widgets/grades.html"


class DayInput(forms.DateInput):
    """A day, picked with the browser's own calendar."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        """Use the one format that the browser's control understands."""
        super().__init__(format="%Y-%m-%d", **kwargs)


class MomentInput(forms.DateTimeInput):
    """A day and a time, picked with the browser's own control."""

    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        """Use the one format that the browser's control understands."""
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class FilesInput(forms.FileInput):
    """A file control that takes several and lists what was chosen."""

    allow_multiple_selected = True
    template_name = "parts/widgets/files.html"


class FilesField(forms.FileField):
    """Several files; cleans to a list, empty if none was chosen."""

    widget = FilesInput

    def __init__(self, *, most: int = 9, **kwargs: Any) -> None:
        """Take at most this many."""
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """
        Check each file.

        :raises ValidationError: for too many, an empty one, or none where one is needed.
        """
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        if not chosen:
            super().clean(None, initial)
            return []
        if len(chosen) > self.most:
            raise forms.ValidationError(
                _("一次最多选 %(most)d 个文件，请去掉一些。") % {"most": self.most}
            )
        return [super(FilesField, self).clean(one, initial) for one in chosen]
