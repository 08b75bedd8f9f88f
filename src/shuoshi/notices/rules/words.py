"""What a message says: that there is news, and the way in. Never what, never on which."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuoshi.notices.rules.kinds import Group


CODE_DIGITS: Final = 6


def news_for_people(groups: list[str], *, house: str) -> str:
    """Return what somebody with an account is told, one message for all that waits."""
    late = sum(group == Group.DEADLINE for group in groups)
    duty = sum(group == Group.DUTY for group in groups)
    rest = len(groups) - late - duty
    parts = []
    if rest:
        said = ngettext("有%(n)d条新情况", "有%(n)d条新情况", rest)
        parts.append(said % {"n": rest})
    if late:
        said = ngettext("有%(n)d条时限提醒", "有%(n)d条时限提醒", late)
        parts.append(said % {"n": late})
    if duty:
        said = ngettext("有%(n)d条值班、接待消息", "有%(n)d条值班、接待消息", duty)
        parts.append(said % {"n": duty})
    told = _("【说事】您%(what)s，请登录查看。") % {"what": _("，").join(parts)}
    return f"{told}{house}/desk/" if house else told


def news_for_booker(*, house: str) -> str:
    """Return what somebody who booked a time is told: neither when nor with whom."""
    told = _("【说事】您的预约有消息，请凭预约号查看。")
    return f"{told}{house}/book/mine/" if house else told


def news_for_speaker(*, house: str) -> str:
    """Return what a speaker is told: without number and without a word of it."""
    told = _("【说事】您说的事有了新情况，请凭回执查看。")
    return f"{told}{house}/progress/" if house else told


def code_told(code: str) -> str:
    """Return the message that proves an address to be somebody's own."""
    return _(
        "【说事】验证码 %(code)s，15分钟内有效。如果不是您本人操作，请不要理会。"
    ) % {"code": code}
