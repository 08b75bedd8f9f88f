"""What two administrators must agree on: one asks, another confirms."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.org.rules.roles import ADMINISTRATORS, Role
from shuoshi.org.rules.second_factor import takes_two


if TYPE_CHECKING:
    from collections.abc import Collection

    from shuoshi.org.rules.standing import Standing


class ProposalKind(TextChoices):
    RESET = "RESET", gettext_lazy("重设密码")
    GRANT = "GRANT", gettext_lazy("授予能看受保护内容或者多个单位的岗位")
    RELIEVE = "RELIEVE", gettext_lazy("应急：免去管理员")
    RESTORE = "RESTORE", gettext_lazy("应急：清除第二重验证并重设密码")
    STAND_IN = "STAND_IN", gettext_lazy("应急：临时顶岗")
    UNLOCK = "UNLOCK", gettext_lazy("应急：解除登录限制")


@dataclass(frozen=True)
class Row:
    """Who asks, who confirms, and whether the auditor is told at once."""

    asks: frozenset[Role]
    confirms: frozenset[Role]
    breaks_glass: bool = False
    names_role: bool = False


_SYSTEM, _SECURITY = frozenset({Role.SYSADMIN}), frozenset({Role.SECADMIN})
_OTHERS = ADMINISTRATORS - _SECURITY
ROWS: Final = {
    ProposalKind.RESET: Row(_SYSTEM, _SECURITY),
    ProposalKind.GRANT: Row(_SECURITY, _OTHERS, names_role=True),
    ProposalKind.RELIEVE: Row(
        ADMINISTRATORS, ADMINISTRATORS, breaks_glass=True, names_role=True
    ),
    ProposalKind.RESTORE: Row(ADMINISTRATORS, ADMINISTRATORS, breaks_glass=True),
    ProposalKind.STAND_IN: Row(
        ADMINISTRATORS, ADMINISTRATORS, breaks_glass=True, names_role=True
    ),
    ProposalKind.UNLOCK: Row(ADMINISTRATORS, ADMINISTRATORS, breaks_glass=True),
}
# Who resets a password gets a link and a half.
RESETTING: Final = frozenset({ProposalKind.RESET, ProposalKind.RESTORE})
# What nobody confirmed within a day is asked anew.
WAITS: Final = timedelta(hours=24)
MOST_HOURS: Final = 72


class ProposalRefused(Refused):
    """This cannot be proposed, or not be confirmed by this person."""


def check_proposal(
    by: "Standing", kind: ProposalKind, *, person_id: int, held: "Collection[Role]"
) -> None:
    """
    Refuse what this administrator may not ask for this person.

    :raises NotPermitted: unless the post asks for this kind.
    :raises ProposalRefused: if it is for oneself, or would let an administrator read.
    """
    if not by.is_any(*ROWS[kind].asks):
        raise NotPermitted(_("这件事不归您提出。"))
    if person_id == by.person_id:
        raise ProposalRefused(_("不能为自己提出，请找另一名管理员。"))
    if kind is ProposalKind.STAND_IN and not ADMINISTRATORS.isdisjoint(held):
        raise ProposalRefused(_("管理员不能顶岗：管理员看不到任何一件事。"))


def fits_role(kind: ProposalKind, role: Role) -> bool:
    """True for a role that this kind may be about."""
    if kind is ProposalKind.RELIEVE:
        return role in ADMINISTRATORS
    if kind is ProposalKind.STAND_IN:
        return role not in ADMINISTRATORS
    return takes_two(role, stands_over_units=True)


def check_role(kind: ProposalKind, role: str, hours: int | None) -> None:
    """
    Refuse a role or a length that does not fit.

    :raises ProposalRefused: naming the field.
    """
    if not ROWS[kind].names_role:
        return
    if role not in Role.values or not fits_role(kind, Role(role)):
        raise ProposalRefused(_("这个岗位不合适，请重新选择。"), field="role")
    if kind is ProposalKind.STAND_IN and not 1 <= (hours or 0) <= MOST_HOURS:
        raise ProposalRefused(
            _("顶岗最长 %(most)d 小时。") % {"most": MOST_HOURS}, field="hours"
        )


def may_confirm(
    by: "Standing", kind: ProposalKind, *, asked_by: int, person_id: int
) -> bool:
    """True for another administrator than who asked, and than whom it is for."""
    return by.is_any(*ROWS[kind].confirms) and by.person_id not in {asked_by, person_id}
