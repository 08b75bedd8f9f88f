"""What a person fills in to book a time."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from shuoshi.channels.forms.speaking import NonceField
from shuoshi.common.refusals import Refused
from shuoshi.common.widgets import Grades, ReceiptInput, offer
from shuoshi.matters.forms.steps import Words
from shuoshi.matters.rules.sayings import MOST_CONTACT, MOST_NAME
from shuoshi.privacy.forms import ToldForm
from shuoshi.reception.actions.bookings import Wish
from shuoshi.reception.rules.bookings import (
    MOST_UNIT,
    MOST_WORDS,
    Party,
    Time,
    read_time,
)


ByDay = Iterable[tuple[date, list[Time]]]


def _choices(days: ByDay) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the free times under their days."""
    return [
        (
            date_format(day, "MONTH_DAY_FORMAT") + " " + date_format(day, "l"),
            [
                (one.key, f"{one.day:%m-%d} {one.starts_at:%H:%M}")
                for one in times
                if one.free
            ],
        )
        for day, times in days
    ]


class TimeField(forms.ChoiceField):
    """
    One of the times ahead, told as a day and a time.

    Whether it is still free is for the action to say: it may have gone to this very form.
    """

    default_error_messages = {"invalid_choice": _("这个时间不能约，请另选一个。")}

    def valid_value(self, value: Any) -> bool:
        """Take whatever names a day and a time."""
        try:
            read_time(str(value))
        except ValueError:
            return False
        return True


class BookForm(ToldForm):
    """When, who, and what about if they like to say."""

    nonce = NonceField(required=False)
    time = TimeField(label=_("什么时间来"))
    party = forms.ChoiceField(
        label=_("谁来"), choices=Party.choices, widget=Grades(), initial=Party.PERSON
    )
    unit = forms.CharField(
        label=_("单位名称"),
        required=False,
        max_length=MOST_UNIT,
        help_text=_("个人来的空着。"),
    )
    name = forms.CharField(label=_("姓名"), max_length=MOST_NAME)
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=MOST_CONTACT,
        help_text=_("有变动时好告诉您。"),
    )
    words = Words(
        label=_("想说什么事"),
        rows=3,
        most=MOST_WORDS,
        required=False,
        help_text=_("可以不写，当面再说。"),
    )

    def __init__(
        self,
        mine_id: int,
        *args: Any,
        days: ByDay,
        in_line: date | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer the times of one mine; none where one waits in line for a day."""
        super().__init__(mine_id, *args, **kwargs)
        self.in_line = in_line
        if in_line:
            del self.fields["time"]
        else:
            offer(self, "time", [("", _("请选择")), *_choices(days)])
        del self.fields["sensitive"], self.fields["agreed"]
        for name in ("name", "contact", "unit"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def wish(self, open_day: Any = None) -> Wish:
        """Return what was wished for, of the duty or of an open day, for the action."""
        given = self.cleaned_data
        day, starts_at = self.in_line, None
        if day is None:
            day, starts_at = read_time(given["time"])
        return Wish(
            day,
            starts_at,
            name=given["name"],
            contact=given["contact"],
            party=given["party"],
            unit=given["unit"],
            words=given["words"],
            told=given["told"],
            open_day=open_day,
        )

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal beside the field it blames, else on top."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.message)


class MoveForm(forms.Form):
    """Another time."""

    time = TimeField(label=_("改到什么时间"))

    def __init__(self, *args: Any, days: ByDay, **kwargs: Any) -> None:
        """Offer what is free."""
        super().__init__(*args, **kwargs)
        offer(self, "time", [("", _("请选择")), *_choices(days)])


class BookingReceiptForm(forms.Form):
    """The way back to a booking."""

    receipt = forms.CharField(
        label=_("预约号"),
        max_length=60,
        help_text=_("预约时给您的16位数字，空格可以不输。"),
        widget=ReceiptInput(),
    )
