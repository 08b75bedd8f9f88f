"""Three administrators, three people, and nothing else in their hands."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.org.rules.roles import ADMINISTRATORS, Role


if TYPE_CHECKING:
    from collections.abc import Collection


class NotApart(Refused):
    """One person would be an administrator and something else."""


def check_apart(role: Role, held: "Collection[Role]") -> None:
    """
    Keep the three administrators apart from each other and from all other work.

    :raises NotApart: if the role does not go with what the person holds.
    """
    others = set(held) - {role}
    if (role in ADMINISTRATORS and others) or others & ADMINISTRATORS:
        raise NotApart(
            _("系统、安全、审计管理员必须由三个人分别担任，也不能兼任其他职务。"),
            field="role",
        )
