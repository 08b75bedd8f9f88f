"""Which queue."""

from django import forms


class LineForm(forms.Form):
    """Which queue of today, and which booking if somebody had one."""

    line = forms.CharField(max_length=40, widget=forms.HiddenInput)
    booking = forms.UUIDField(required=False, widget=forms.HiddenInput)
