"""What the ledger can be asked for."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.common.widgets import DayInput
from shuoshi.matters.forms.steps import Picked
from shuoshi.matters.queries.choices import categories_for, unit_choices, unit_names
from shuoshi.matters.queries.ledger_page import ALL_OPEN, Wish
from shuoshi.matters.queries.search import LONGEST
from shuoshi.matters.rules.states import Channel, PetitionClass, State, Zone


if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ANY = [("", _("全部"))]
STATES = [
    *ANY,
    (ALL_OPEN, _("没有办完的")),
    (
        _("在哪个区"),
        [(zone.value, zone.label) for zone in Zone if zone.value not in State.values],
    ),
    (_("到哪一步"), State.choices),
]


class LedgerFilter(forms.Form):
    """Filters that all may be left out; what cannot be meant filters nothing."""

    q = forms.CharField(label=_("内容"), required=False, max_length=LONGEST)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=STATES)
    channel = forms.ChoiceField(
        label=_("来源"), required=False, choices=[*ANY, *Channel.choices]
    )
    petition_class = forms.ChoiceField(
        label=_("信访类别"), required=False, choices=[*ANY, *PetitionClass.choices]
    )
    since = forms.DateField(label=_("从"), required=False, widget=DayInput)
    until = forms.DateField(label=_("到"), required=False, widget=DayInput)
    overdue = forms.BooleanField(label=_("已超期"), required=False)
    mine = forms.BooleanField(label=_("我首接的"), required=False)

    def __init__(self, mine_id: int, *args: Any, **kwargs: Any) -> None:
        """Offer the units and categories of this mine."""
        super().__init__(*args, **kwargs)
        self.fields["unit"] = _any_of(
            unit_choices(mine_id), _("主办单位"), unit_names(mine_id)
        )
        self.fields["category"] = _any_of(categories_for(mine_id), _("类别"))
        self.order_fields(["q", "state", "unit", "category", "channel"])

    @property
    def wish(self) -> Wish:
        """What is asked for, as far as it can be meant."""
        self.is_valid()
        given = self.cleaned_data
        return Wish(
            words=given.get("q", ""),
            state=given.get("state", ""),
            unit=given.get("unit"),
            category=given.get("category"),
            channel=given.get("channel", ""),
            petition_class=given.get("petition_class", ""),
            since=given.get("since"),
            until=given.get("until"),
            overdue=given.get("overdue", False),
            mine_only=given.get("mine", False),
        )


def _any_of(
    things: Mapping[str, Any],
    label: "StrPromise",
    names: Mapping[str, str] | None = None,
) -> Picked:
    return Picked(things, names, nothing=ANY[0][1], label=label, required=False)
