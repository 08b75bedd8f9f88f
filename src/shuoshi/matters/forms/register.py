"""Take down a walk-in, a call or a letter, with the hands on the keyboard."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuoshi.common.widgets import RadioCards
from shuoshi.matters.forms.steps import Words
from shuoshi.matters.queries.choices import unit_choices, unit_names
from shuoshi.matters.rules.sayings import (
    MOST_ABOUT,
    MOST_CONTACT,
    MOST_NAME,
    MOST_PLACE,
    MOST_TEXT,
    Saying,
)
from shuoshi.matters.rules.states import Channel, Identity
from shuoshi.privacy.forms import ToldForm


if TYPE_CHECKING:
    from shuoshi.common.refusals import Refused
    from shuoshi.org.models import Unit

# How people come to the desk; the other channels are doors of their own.
AT_DESK = [
    Channel.WALK_IN,
    Channel.PHONE,
    Channel.LETTER,
    Channel.QQ,
    Channel.WECHAT,
    Channel.OTHER,
]
# What the actions blame, by the names of this form.
OURS = {"object_units": "about_unit"}
EXPLAINED: dict[str, Any] = {
    Identity.NAMED: gettext_lazy("办这件事的人看得到是谁"),
    Identity.CONFIDENTIAL: gettext_lazy("只有首接人和统筹人员看得到是谁"),
    Identity.ANONYMOUS: gettext_lazy("什么都不记，只凭回执号联系"),
}


class Suggestions(forms.TextInput):
    """A line of text with a list to choose from while typing."""

    template_name = "matters/widgets/suggestions.html"

    def __init__(self, names: list[str], **kwargs: Any) -> None:
        """Suggest these names."""
        super().__init__(**kwargs)
        self.names = names

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Hand the names to the template."""
        listed = {**(attrs or {}), "list": f"list_{name}"}
        return super().get_context(name, value, listed) | {"names": self.names}


class UnitNamed(forms.CharField):
    """A unit, written in full, in part or by its code."""

    def __init__(
        self, units: "dict[str, Unit]", names: dict[str, str], **kwargs: Any
    ) -> None:
        """Look among these units, known by their codes."""
        widget = Suggestions(list(names.values()), attrs={"autocomplete": "off"})
        super().__init__(max_length=100, widget=widget, **kwargs)
        self.units, self.names = units, names

    def clean(self, value: Any) -> Any:
        """
        Return the unit, none if nothing was written.

        :raises ValidationError: if no unit or more than one is called like this.
        """
        text = super().clean(value).strip()
        if not text:
            return None
        folded = text.casefold()
        exact = [
            unit
            for code, unit in self.units.items()
            if folded in (self.names[code].casefold(), code.casefold())
        ]
        found = exact or [
            unit
            for code, unit in self.units.items()
            if folded in self.names[code].casefold()
        ]
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                _("没有叫“%(name)s”的单位，请从列表里选，或者写在“地点”里。")
                % {"name": text}
            )
        names = _("、").join(unit.name for unit in found[:5])
        raise forms.ValidationError(
            _("“%(name)s”可以是几个单位：%(names)s，请写全。")
            % {"name": text, "names": names}
        )


class RegisterForm(ToldForm):
    """What the person at the desk says, in the order in which it is said."""

    # The same form sent twice is one matter.
    nonce = forms.CharField(max_length=64, widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=gettext_lazy("怎么来的"),
        choices=[(one.value, one.label) for one in AT_DESK],
        widget=forms.RadioSelect,
    )
    text = Words(label=gettext_lazy("什么事"), rows=4, most=MOST_TEXT)
    identity = forms.ChoiceField(
        label=gettext_lazy("怎样署名"),
        choices=Identity.choices,
        initial=Identity.NAMED,
        widget=RadioCards(explained=EXPLAINED),
    )
    name = forms.CharField(
        label=gettext_lazy("姓名"), required=False, max_length=MOST_NAME
    )
    contact = forms.CharField(
        label=gettext_lazy("联系方式"), required=False, max_length=MOST_CONTACT
    )
    place = forms.CharField(
        label=gettext_lazy("地点"), required=False, max_length=MOST_PLACE
    )
    about = forms.CharField(
        label=gettext_lazy("被反映的人"),
        required=False,
        max_length=MOST_ABOUT,
        help_text=gettext_lazy("写上姓名，本人和下属马上就看不到这件事"),
    )
    claims = Words(
        label=gettext_lazy("诉求点"),
        required=False,
        rows=2,
        most=MOST_TEXT,
        help_text=gettext_lazy("有几件要分开答复的，一行写一件；只有一件就不用写"),
    )

    def __init__(self, mine_id: int, *args: Any, **kwargs: Any) -> None:
        """Suggest the units of this mine."""
        super().__init__(mine_id, *args, **kwargs)
        self.fields["unit"] = UnitNamed(
            unit_choices(mine_id),
            unit_names(mine_id),
            label=_("涉及单位"),
            required=False,
        )
        self.fields["about_unit"] = UnitNamed(
            unit_choices(mine_id),
            unit_names(mine_id),
            label=_("被反映的单位"),
            required=False,
            help_text=_("写上单位，这个单位的人都看不到"),
        )
        self.fields["text"].widget.attrs["autofocus"] = True
        self.order_fields(
            ["channel", "text", "identity", "name", "contact", "unit", "place"]
        )
        for name in ("name", "contact", "about"):
            # What one speaker is called is not for the next one's eyes.
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @property
    def saying(self) -> Saying:
        """What was said, as the rules take it."""
        given = self.cleaned_data
        unit, about_unit = given["unit"], given["about_unit"]
        return Saying(
            text=given["text"],
            identity=given["identity"],
            name=given["name"],
            contact=given["contact"],
            claims=tuple(given["claims"].splitlines()),
            place=given["place"],
            unit_id=unit.pk if unit else None,
            about=given["about"],
            about_unit_id=about_unit.pk if about_unit else None,
            **self.told_of,
        )

    def refuse(self, refusal: "Refused") -> None:
        """Show a refusal beside the field it blames, else on top."""
        field = OURS.get(refusal.field or "", refusal.field)
        self.add_error(field if field in self.fields else None, refusal.message)
