"""Let the system administrator add units; it is on record."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shuoshi.org.actions.posts import PostRefused, put_on_record, require
from shuoshi.org.actions.structure import found_unit
from shuoshi.org.models import Unit
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing


@transaction.atomic
def add_unit(
    code: str,
    *,
    name: str,
    under: Unit,
    kind: str,
    takes_duty: bool = False,
    by: Standing,
    now: datetime,
) -> Unit:
    """
    Found a unit under another one of the administrator's own mine.

    :raises NotPermitted: unless by the system administrator.
    :raises PostRefused: if the code is taken, or the unit above is another mine's.
    """
    require(by, Role.SYSADMIN)
    if under.mine_id != by.mine_id:
        raise PostRefused(_("没有这个单位。"), field="under")
    try:
        with transaction.atomic():
            unit = found_unit(
                code, name=name, under=under, kind=kind, takes_duty=takes_duty
            )
    except IntegrityError:
        raise PostRefused(_("这个代码已经用过了。"), field="code") from None
    put_on_record(by, "org.unit_founded", now=now, unit=unit.pk)
    return unit
