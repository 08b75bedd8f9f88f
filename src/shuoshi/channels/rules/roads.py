"""The roads into the house, each of which can be closed. Pure."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from shuoshi.common.refusals import Refused
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing


class RoadIn(TextChoices):
    WEB = "WEB", _("网页")
    QR = "QR", _("扫码")
    API = "API", _("接口")
    WECHAT = "WECHAT", _("微信公众号")
    WECOM = "WECOM", _("企业微信")
    QQ = "QQ", _("QQ")


# These need an account of the house on somebody's platform besides.
OF_PLATFORMS: Final = frozenset({RoadIn.WECHAT, RoadIn.WECOM, RoadIn.QQ})


class RoadShut(Refused):
    """Nothing can be said on this road now."""

    def __init__(self) -> None:
        """Say where else to turn."""
        super().__init__(
            str(_("现在不能在这里说事。请到说事室来，或者给值班的人打电话。"))
        )


def may_switch(person: Standing) -> bool:
    return person.is_any(Role.COORDINATOR)
