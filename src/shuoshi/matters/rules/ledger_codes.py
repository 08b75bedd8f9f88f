"""From the words of an old ledger to the closed lists of this one, and back. Pure."""

from collections.abc import Iterable
from typing import Final

from shuoshi.matters.rules.ledger_texts import narrow
from shuoshi.matters.rules.states import Channel, Grade, RequestType


GRADES: Final = {
    5: Grade.VERY_SATISFIED,
    4: Grade.SATISFIED,
    3: Grade.FAIRLY_SATISFIED,
    2: Grade.DISSATISFIED,
    1: Grade.VERY_DISSATISFIED,
}
_GRADE_WORDS: Final = {
    5: "非常满意",
    4: "满意",
    3: "基本满意",
    2: "不满意",
    1: "非常不满意",
}
_CHANNELS: Final = {
    Channel.WALK_IN: "来访 走访 上访 到访 当面 面谈 接访 来室 来人 现场",
    Channel.PHONE: "电话 来电 热线 电话反映",
    Channel.LETTER: "来信 信函 信件 信箱 书信 意见箱 矿长信箱 书记信箱 邮寄",
    Channel.WECHAT: "微信 公众号 微信公众号 微信群",
    Channel.QQ: "qq QQ群 qq群",
    Channel.WEB: "网页 网络 网上 网络留言 网站 留言 网上信访 互联网 电子邮件 邮箱",
    Channel.QR: "扫码 二维码",
}
_BY_WORD: Final = {
    word.upper(): channel
    for channel, words in _CHANNELS.items()
    for word in words.split()
}
_TYPES: Final = {
    "咨询": RequestType.ENQUIRY,
    "求助": RequestType.HELP,
    "求决": RequestType.HELP,
    "投诉": RequestType.COMPLAINT,
    "举报": RequestType.REPORT,
    "建议": RequestType.SUGGESTION,
    "意见建议": RequestType.SUGGESTION,
    "表扬": RequestType.PRAISE,
    "感谢": RequestType.PRAISE,
}


def channel_from(text: str) -> Channel:
    """Return the channel that a word means, OTHER where it means none of ours."""
    return _BY_WORD.get(_bare(text), Channel.OTHER)


def request_type_from(text: str) -> str:
    """Return the request type that a category means, blank where it means none."""
    return _TYPES.get(_bare(text).removesuffix("类"), "")


def _bare(text: str) -> str:
    return narrow(text).replace(" ", "").upper()


def grade_word(grades: Iterable[str]) -> str:
    """Return the worst of the grades as the ledger writes it, blank if there is none."""
    given = set(grades)
    known = [number for number, grade in GRADES.items() if grade in given]
    return _GRADE_WORDS[min(known)] if known else ""


def masked_name(name: str) -> str:
    """Return the family name alone."""
    return name[:1] + "*" * min(len(name) - 1, 3) if name else ""


def masked_contact(contact: str) -> str:
    """Return enough to tell two numbers apart, not enough to call."""
    if len(contact) < 7:
        return "*" * len(contact)
    return f"{contact[:3]}****{contact[-2:]}"
