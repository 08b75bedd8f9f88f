"""Forms of the three who run the house."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.common.widgets import offer
from shuoshi.org.rules.proposals import ROWS, ProposalKind, fits_role
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.second_factor import GRAVE


Choices = Sequence[tuple[Any, Any]]
USERNAME = _("字母、数字和短横，比如姓名的拼音。")


class EnterForm(forms.Form):
    """Somebody new."""

    username = forms.CharField(label=_("登录名"), max_length=60, help_text=USERNAME)
    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)


class FindForm(forms.Form):
    """Part of a name."""

    q = forms.CharField(label=_("姓名或者登录名"), max_length=60, required=False)


class GrantForm(forms.Form):
    """A post that reads nothing protected."""

    role = forms.ChoiceField(
        label=_("岗位"),
        choices=[(r.value, r.label) for r in Role if r not in GRAVE],
    )
    unit = forms.ChoiceField(label=_("单位"))
    title = forms.CharField(label=_("职务"), max_length=60, required=False)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        """Take the units of the mine."""
        super().__init__(*args, **kwargs)
        offer(self, "unit", units)


class AskForm(forms.Form):
    """What one asks and another confirms."""

    role = forms.ChoiceField(label=_("岗位"))
    unit = forms.ChoiceField(label=_("单位"))
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    hours = forms.IntegerField(
        label=_("多少小时"), help_text=_("到时自动结束，最长 72 小时。")
    )
    reason = forms.CharField(
        label=_("为什么"),
        help_text=_("另一名管理员和审计管理员会看到。不要写说事的内容。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )

    def __init__(
        self, *args: Any, kind: ProposalKind, units: Choices, **kwargs: Any
    ) -> None:
        """Keep the fields that the kind needs."""
        super().__init__(*args, **kwargs)
        wanted = {"reason"}
        if ROWS[kind].names_role:
            wanted.add("role")
            offer(self, "role", _roles(kind))
        if kind in {ProposalKind.GRANT, ProposalKind.STAND_IN}:
            wanted |= {"unit", "title"}
            offer(self, "unit", units)
        if kind is ProposalKind.STAND_IN:
            wanted.add("hours")
        for name in set(self.fields) - wanted:
            del self.fields[name]


def _roles(kind: ProposalKind) -> Choices:
    return [(role.value, role.label) for role in Role if fits_role(kind, role)]


class UnitForm(forms.Form):
    """A new unit under another."""

    code = forms.SlugField(label=_("代码"), max_length=40)
    name = forms.CharField(label=_("名称"), max_length=100)
    under = forms.ChoiceField(label=_("上级单位"))
    kind = forms.ChoiceField(label=_("类别"))
    takes_duty = forms.BooleanField(label=_("轮流值班"), required=False)

    def __init__(
        self, *args: Any, units: Choices, kinds: Choices, **kwargs: Any
    ) -> None:
        """Take the units of the mine, and the kinds there are."""
        super().__init__(*args, **kwargs)
        offer(self, "under", units)
        offer(self, "kind", kinds)


class SetUpForm(forms.Form):
    """The mine and its three administrators."""

    code = forms.SlugField(label=_("矿的代码"), max_length=40, help_text=USERNAME)
    mine = forms.CharField(label=_("矿的名称"), max_length=100)
    sysadmin_name = forms.CharField(label=_("系统管理员姓名"), max_length=60)
    sysadmin_username = forms.SlugField(label=_("系统管理员登录名"), max_length=60)
    secadmin_name = forms.CharField(label=_("安全管理员姓名"), max_length=60)
    secadmin_username = forms.SlugField(label=_("安全管理员登录名"), max_length=60)
    auditor_name = forms.CharField(label=_("审计管理员姓名"), max_length=60)
    auditor_username = forms.SlugField(label=_("审计管理员登录名"), max_length=60)

    def clean(self) -> dict[str, Any]:
        """Check that three people are named: three names, three log-ins."""
        given = super().clean() or {}
        for part in ("name", "username"):
            named = [given.get(f"{who}_{part}") for who in ADMINISTRATOR_FIELDS]
            if all(named) and len({str(one).casefold() for one in named}) < len(named):
                self.add_error(f"auditor_{part}", _("三名管理员必须是三个不同的人。"))
        return given


ADMINISTRATOR_FIELDS = ("sysadmin", "secadmin", "auditor")
