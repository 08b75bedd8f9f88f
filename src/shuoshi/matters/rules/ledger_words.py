"""The few words that a ledger's narrow columns may hold. Pure."""

import re
from typing import Final

from shuoshi.matters.rules.ledger_texts import narrow, one_line


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YES: Final = _words(
    "是 已 有 对 √ ✓ ✔ ☑ ■ 1 y yes true 办结 已办结 已办 办完 已办完 已办毕 办毕 完成 已完成 结 已结 "
    "结案 已结案 了结 已了结 已答复 已回复 已反馈 已处理 已处理完毕 处理完毕 已办理 办理完毕 已办理完毕 "
    "已解决 已落实 已处置 完结 已完结 办理完结 办理完成 处理完成 结束 已结束 按期办结 按时办结 逾期办结 超期办结 当场办结 即时办结 现场办结 已归档"
)
_NO: Final = _words(
    "否 未 没 没有 不 x × ✗ ✘ □ ☐ 0 n no false 未办结 未办 未办完 未办毕 未完成 没办结 没完成 "
    "没办完 未结 未结案 未了结 未答复 未回复 未反馈 未处理 未解决 未落实 在办 正在办 正在办理 办理中 "
    "处理中 正在处理 进行中 待办 待办理 待处理 待答复 待回复 跟进中 跟踪中 在办理 在办中 继续办理"
)
_GRADES: Final[dict[str, int]] = {
    "非常满意": 5, "很满意": 5, "十分满意": 5, "特别满意": 5,
    "满意": 4,
    "基本满意": 3,
    "不满意": 2,
    "非常不满意": 1, "很不满意": 1, "十分不满意": 1, "极不满意": 1, "特别不满意": 1,
}  # fmt: skip
_NOT_RATED: Final = _words(
    "无 空 未评 未评价 未参评 未测评 不评价 没有评价 没评价 暂无 暂无评价 待评价 待评 未回访 未表态 "
    "尚未评价 无评价 未作评价 未反馈 未评分 / \\ - -- — —— 、 ."
)
_NOBODY: Final = _words(
    "无 匿名 匿名者 匿名人 匿名群众 匿名职工 不详 不明 未知 未留 未留名 未留姓名 未署名 不愿透露 "
    "不愿透露姓名 不留名 无名 无名氏 未具名 未提供 保密 网友 网民 群众 职工 员工 市民 热心群众 "
    "某某 某职工 某员工 某群众 / \\ - -- — —— *"
)
_NOTHING: Final = _words(
    "无 未留 不详 不明 未知 未提供 没有 空 无电话 没有电话 未留电话 无联系方式 未留联系方式 不愿透露 "
    "/ \\ - -- — ——"
)
_SAME_DAY: Final = _words(
    "当日 当天 同日 当场 即日 当场答复 当日答复 当天答复 当场办结 当日办结"
)
_DITTO: Final = _words(
    '同上 同前 〃 ″ " ” “ 〞 〟 ＂ \'\' ″″ 〃〃 "" 同上行 (同上) （同上） ditto'
)
_PHONE: Final = re.compile(
    r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}"
)


def _bare(value: object) -> str:
    word = narrow(one_line(value)).replace(" ", "").rstrip("。.,;!").lower()
    # 己 and 巳 are slips for 已.
    return re.sub("^[己巳]", "已", word)


def read_yes_no(value: object) -> bool | None:
    """
    Return whether the cell says yes, None for a blank one.

    :raises ValueError: for a word that says neither.
    """
    word = _bare(value)
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(word)


def read_grade(value: object) -> int | None:
    """
    Return the grade from 1 (worst) to 5, None when nobody rated.

    :raises ValueError: for a word that is none of the five; figures are ambiguous.
    """
    word = _bare(value)
    if not word or word in _NOT_RATED:
        return None
    if word not in _GRADES:
        raise ValueError(word)
    return _GRADES[word]


def names_nobody(name: str) -> bool:
    """Tell whether the name is one of the ways to say that there is none."""
    return not name or narrow(name).replace(" ", "") in _NOBODY


def without_filler(text: str) -> str:
    """Return the text, or nothing where it only says that there is nothing."""
    return "" if narrow(text) in _NOTHING else text


def is_ditto(value: object) -> bool:
    """Tell whether the cell says "as above"."""
    return isinstance(value, str) and value.strip() in _DITTO


def same_day(value: object) -> bool:
    """Tell whether the cell says that the answer was given on the day of the visit."""
    return _bare(value) in _SAME_DAY


def is_phone(text: str) -> bool:
    """Tell whether the text is a phone number and nothing else."""
    return bool(_PHONE.fullmatch(narrow(text)))
