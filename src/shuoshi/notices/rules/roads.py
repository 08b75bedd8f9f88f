"""The roads on which a message leaves the house. Pure."""

import re
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from shuoshi.common.refusals import Refused


class Road(TextChoices):
    SMS = "SMS", _("短信")
    EMAIL = "EMAIL", _("电子邮件")
    WECHAT = "WECHAT", _("微信公众号")
    WECOM = "WECOM", _("企业微信")
    QQ = "QQ", _("QQ")


# Whoever writes to us there is known by it; nobody types such an address.
TYPED: Final = (Road.SMS, Road.EMAIL)
MOST_ADDRESS: Final = 254
PHONE: Final = re.compile(r"1[3-9][0-9]{9}")
# Loose on purpose: whether it is right, the code that comes by it shows.
EMAIL: Final = re.compile(r"[^\s@<>,;:\"]{1,64}@[A-Za-z0-9.-]{1,180}[A-Za-z0-9]")


class RoadClosed(Exception):
    """This road is not set up in this house."""


class RoadAway(Exception):
    """The other side does not answer, or not now: try again later."""


class AddressGone(Exception):
    """The other side knows no such address, or may not write to it: do not try again."""


class AddressRefused(Refused):
    """Nothing can be sent to what was given."""


@dataclass(frozen=True)
class Reach:
    """By which road somebody is reached, and where."""

    road: Road
    address: str


def phone_in(text: str) -> str | None:
    """Return the mobile number if a text is one, however it is spaced."""
    bare = re.sub(r"[\s\-]", "", text)
    bare = bare.removeprefix("+86").removeprefix("0086")
    return bare if PHONE.fullmatch(bare) else None


def reach_of(contact: str) -> Reach | None:
    """Return how somebody is reached by what they left, None where only a person can."""
    bare = contact.strip()
    if phone := phone_in(bare):
        return Reach(Road.SMS, phone)
    if EMAIL.fullmatch(bare):
        return Reach(Road.EMAIL, bare)
    return None


def checked_address(road: str, text: str) -> str:
    """
    Return the address as it is kept.

    :raises AddressRefused: if it is no number or no e-mail address.
    """
    found = reach_of(text)
    if found is None or found.road != road or len(found.address) > MOST_ADDRESS:
        told = (
            _("请填11位手机号码。")
            if road == Road.SMS
            else _("请填完整的邮箱地址，例如 zhang@example.com。")
        )
        raise AddressRefused(str(told), field="address")
    return found.address
