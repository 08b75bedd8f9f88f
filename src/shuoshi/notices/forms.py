"""Where and when somebody wants to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.notices.queries.addresses import RoadShown
from shuoshi.notices.rules.roads import MOST_ADDRESS, Road
from shuoshi.notices.rules.timing import Quiet


class AddressForm(forms.Form):
    """A number or an e-mail address, as the road wants it."""

    address = forms.CharField(max_length=MOST_ADDRESS)

    def __init__(self, *args: Any, road: str, **kwargs: Any) -> None:
        """Ask for what the road reaches."""
        kwargs["auto_id"] = f"id_{road}_%s"
        super().__init__(*args, **kwargs)
        by_mail = road == Road.EMAIL
        field = self.fields["address"]
        field.label = _("邮箱地址") if by_mail else _("手机号码")
        field.widget.attrs |= {
            "inputmode": "email" if by_mail else "tel",
            "autocomplete": "email" if by_mail else "tel",
        }


class CodeForm(forms.Form):
    """The code that came there."""

    def __init__(self, *args: Any, road: str, **kwargs: Any) -> None:
        """Stand beside the same form of another road."""
        kwargs["auto_id"] = f"id_{road}_%s"
        super().__init__(*args, **kwargs)

    code = forms.CharField(
        label=_("收到的验证码"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
    )


class WishForm(forms.Form):
    """What comes by which road, and the hours without."""

    starts = forms.TimeField(
        label=_("从几点起不打扰"), widget=forms.TimeInput(attrs={"type": "time"})
    )
    ends = forms.TimeField(
        label=_("到几点"),
        help_text=_("两个时间一样，就是什么时候都可以发。"),
        widget=forms.TimeInput(attrs={"type": "time"}),
    )

    def __init__(self, *args: Any, roads: list[RoadShown], **kwargs: Any) -> None:
        """Offer one box for each kind on each road that reaches the person."""
        super().__init__(*args, **kwargs)
        self.pairs: list[tuple[str, str]] = []
        for shown in roads:
            if not shown.confirmed:
                continue
            for group, wanted in shown.wanted:
                name = f"{shown.road.value}-{group.value}"
                self.pairs.append((shown.road.value, group.value))
                self.fields[name] = forms.BooleanField(
                    label=f"{shown.road.label} · {group.label}",
                    required=False,
                    initial=wanted,
                )
        self.order_fields([*(f"{a}-{b}" for a, b in self.pairs), "starts", "ends"])

    @property
    def wanted(self) -> set[tuple[str, str]]:
        """What was ticked, as (road, group)."""
        return {pair for pair in self.pairs if self.cleaned_data["-".join(pair)]}

    @property
    def quiet(self) -> Quiet:
        return Quiet(self.cleaned_data["starts"], self.cleaned_data["ends"])
