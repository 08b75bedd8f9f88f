"""Set up an empty house by one link: the mine and its three administrators."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.invitations import (
    Invited,
    SetupRefused,
    end_invitation,
    invite_first,
)
from shuoshi.accounts.actions.people import enter_person
from shuoshi.accounts.models import Purpose, User
from shuoshi.accounts.queries.invitations import house_is_empty, invitation_with
from shuoshi.common.refusals import Missing
from shuoshi.org.actions.calendar import seed_calendar
from shuoshi.org.actions.structure import appoint, found_mine
from shuoshi.org.models import Mine, Unit
from shuoshi.org.rules.roles import Role
from shuoshi.trail.actions import note


if TYPE_CHECKING:
    from collections.abc import Mapping


BY = "first_run"


@dataclass(frozen=True)
class Named:
    """Somebody as they are entered."""

    username: str
    name: str


@transaction.atomic
def set_up(
    link_part: str,
    *,
    code: str,
    mine: str,
    administrators: "Mapping[Role, Named]",
    now: datetime,
) -> list[tuple[User, Role, Invited]]:
    """
    Found the mine and enter three people; return a link for each, shown this once.

    :raises Missing: if the link was used or ran out.
    :raises SetupRefused: if somebody is here already, or the names are not apart.
    """
    found = invitation_with(link_part, now=now)
    if found is None or found.purpose != Purpose.FIRST_RUN:
        raise Missing(_("这个链接已经用过，或者过期了。请找系统管理员。"))
    if not house_is_empty():
        raise SetupRefused(_("这里已经有人了，初次设置只能做一次。"))
    end_invitation(found, now=now)
    founded = Mine.objects.order_by("pk").first() or found_mine(code, name=mine)
    seed_calendar(now=now)
    root = Unit.objects.get(mine=founded, parent=None)
    entered = []
    for role, named in administrators.items():
        try:
            with transaction.atomic():
                person = enter_person(named.username, name=named.name, password=None)
        except IntegrityError:
            raise SetupRefused(
                _("三个登录名要各不相同。"), field=f"{role.lower()}_username"
            ) from None
        appoint(person, role=role, unit=root, title=str(role.label))
        invited = invite_first(person, by=BY, now=now)
        entered.append((person, role, invited))
        detail = {"person": person.pk, "role": role.value}
        note("org.set_up", by=BY, at=now, mine_id=founded.pk, detail=detail)
    return entered
