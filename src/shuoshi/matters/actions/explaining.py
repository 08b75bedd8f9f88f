"""Explain access to the security administrator, on record."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.accounts.models import User
from shuoshi.common.refusals import Missing, NotPermitted
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import for_the_page, numbered
from shuoshi.matters.rules.explanations import Explanation, explained
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.roles import Role
from shuoshi.trail.actions import note


@dataclass(frozen=True)
class Asked:
    """An answer to why a person may or may not, with the number it is about."""

    person: str
    number: str
    explanation: Explanation


@transaction.atomic
def explain_access(login: str, number: str, *, by: User, now: datetime) -> Asked:
    """
    Return why a person may or may not know of a matter; the question goes on record.

    :raises NotPermitted: unless a security administrator asks.
    :raises Missing: if the mine has no such matter, or the house no such person.
    """
    asker = standing_of(by)
    if not asker.is_any(Role.SECADMIN) or asker.mine_id is None:
        raise NotPermitted(_("只有安全管理员可以查问权限。"))
    person = User.objects.filter(username=login).first()
    if person is None:
        raise Missing(_("没有这个登录名：%(name)s") % {"name": login})
    found = numbered(Matter.objects.filter(mine_id=asker.mine_id), number)
    matter = for_the_page(found).first()
    if matter is None:
        raise Missing(_("没有这个编号：%(number)s") % {"number": number})
    note(
        "access.explained",
        by=asker.on_record,
        at=now,
        mine_id=asker.mine_id,
        about=matter.uid,
        detail={"person": person.pk, "number": matter.number},
    )
    return Asked(login, matter.number, explained(standing_of(person), matter))
