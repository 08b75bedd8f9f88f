"""What a person fills in to raise a matter, and to come back to it."""

import secrets
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from shuoshi.common.refusals import Refused
from shuoshi.common.widgets import FilesInput, RadioCards, ReceiptInput, offer
from shuoshi.files.forms import CleanFilesField
from shuoshi.matters.forms.steps import Words
from shuoshi.matters.queries.choices import unit_choices
from shuoshi.matters.rules.sayings import (
    MOST_ABOUT,
    MOST_CONTACT,
    MOST_NAME,
    MOST_PLACE,
    MOST_TEXT,
    Saying,
)
from shuoshi.matters.rules.states import Identity
from shuoshi.privacy.forms import ToldForm


# How many claims can be told apart on the page; triage may tell more apart.
CLAIMS = 5
NOT_KNOWN = [("", _("不清楚，请说事室判断"))]
NO_UNIT = [("", _("不是反映单位"))]
# What the actions blame, by the names of this form.
OURS = {"claims": "claim_1", "files": "photos", "object_units": "about_unit"}
EXPLAINED: dict[str, Any] = {
    Identity.NAMED: _("办理的人看得到您的姓名和联系方式，方便当面核实和答复。"),
    Identity.CONFIDENTIAL: _("只有首问人和统筹人员知道您是谁，办理的人只看到事情。"),
    Identity.ANONYMOUS: _("不留姓名、电话，也不记录您的手机和网址，只凭回执号查进度。"),
}


def new_nonce() -> str:
    """Return what marks one showing of the form: sent twice, it is one matter."""
    return _signer().sign(secrets.token_urlsafe(16))


def _signer() -> Signer:
    return Signer(salt="shuoshi.channels.speak")


class NonceField(forms.CharField):
    """The mark of the form, believed only if we gave it."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> str:
        """Return our mark, or none: then nothing is lost but the guard against twice."""
        try:
            return _signer().unsign(str(value or ""))
        except BadSignature:
            return ""


class SpeakForm(ToldForm):
    """One page: what happened, where it belongs, and who says it."""

    nonce = NonceField(required=False)
    text = Words(
        label=_("发生了什么事"),
        rows=6,
        most=MOST_TEXT,
        help_text=_("什么时候、什么地方、怎么回事，照实说就行。"),
    )
    photos = CleanFilesField(
        label=_("照片"),
        required=False,
        help_text=_("最多9张，每张不超过20兆；拍摄时间、地点等隐藏信息会被去掉。"),
        widget=FilesInput(attrs={"accept": "image/*"}),
    )
    higher = forms.BooleanField(
        label=_("检举控告上级管理的干部"),
        required=False,
        help_text=_("勾上就什么都不保存，只给您回执号，并告诉您向哪里反映。"),
    )
    unit = forms.ChoiceField(label=_("归哪个单位管"), required=False)
    place = forms.CharField(label=_("地点"), required=False, max_length=MOST_PLACE)
    about = forms.CharField(
        label=_("反映的是谁"),
        required=False,
        max_length=MOST_ABOUT,
        help_text=_("写了姓名或者选了单位，这些人和他们的下属就看不到、也不经手。"),
    )
    about_unit = forms.ChoiceField(label=_("反映的是哪个单位"), required=False)
    identity = forms.ChoiceField(
        label=_("怎样说"),
        choices=Identity.choices,
        widget=RadioCards(explained=EXPLAINED),
        initial=Identity.NAMED,
    )
    name = forms.CharField(label=_("姓名"), required=False, max_length=MOST_NAME)
    contact = forms.CharField(
        label=_("联系方式"),
        required=False,
        max_length=MOST_CONTACT,
        help_text=_("手机号、QQ号都可以"),
    )

    def __init__(self, mine_id: int, *args: Any, **kwargs: Any) -> None:
        """Offer the units of one mine."""
        super().__init__(mine_id, *args, **kwargs)
        self.units = unit_choices(mine_id)
        offered = [(code, str(one)) for code, one in self.units.items()]
        for name, first in (("unit", NOT_KNOWN), ("about_unit", NO_UNIT)):
            offer(self, name, [*first, *offered])
        for place in range(1, CLAIMS + 1):
            self.fields[f"claim_{place}"] = Words(
                label=_("希望怎样解决") if place == 1 else _("还希望解决"),
                rows=2,
                most=MOST_TEXT,
                required=False,
            )
        # The browser's own guess would be somebody else's on a shared device.
        for name in ("name", "contact", "place", "about"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @property
    def first_claim(self) -> forms.BoundField:
        return self["claim_1"]

    @property
    def more_claims(self) -> list[forms.BoundField]:
        """The further claims, each behind its own fold."""
        return [self[f"claim_{place}"] for place in range(2, CLAIMS + 1)]

    @property
    def saying(self) -> Saying:
        """What was said, for the action."""
        given = self.cleaned_data
        unit = self.units.get(given["unit"])
        about_unit = self.units.get(given["about_unit"])
        return Saying(
            text=given["text"],
            identity=given["identity"],
            name=given["name"],
            contact=given["contact"],
            claims=tuple(
                given[f"claim_{place}"]
                for place in range(1, CLAIMS + 1)
                if given[f"claim_{place}"]
            ),
            place=given["place"],
            unit_id=unit.pk if unit else None,
            about=given["about"],
            about_unit_id=about_unit.pk if about_unit else None,
            **self.told_of,
        )

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal beside the field it blames, else on top."""
        field = OURS.get(refusal.field or "", refusal.field)
        self.add_error(field if field in self.fields else None, refusal.message)


class ReceiptForm(forms.Form):
    """The way back in."""

    receipt = forms.CharField(
        label=_("回执号"),
        max_length=60,
        help_text=_("说事时给您的16位数字，空格可以不输。"),
        widget=ReceiptInput(),
    )
