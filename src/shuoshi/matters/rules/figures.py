"""What the figures are. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# What is counted of a matter, each a column of the roll-ups. OVERDUE depends on the
# moment one looks, so it is counted live and has no column.
COUNTED: Final = {
    "raised": _("收到的"),
    "triaged": _("分到单位办理的"),
    "on_the_spot": _("当场办结的"),
    "answered": _("已经答复的"),
    "replied": _("曾经答复的"),
    "timed": _("知道何时答复的"),
    "on_time": _("按时答复的"),
    "said": _("说了解决没有的"),
    "solved": _("已经解决的"),
    "rated": _("评价过的"),
    "satisfied": _("满意的"),
    "reopened": _("重新办理的"),
    "extended": _("延期的"),
    "unanswered": _("还没有答复的"),
    "ended": _("已经结束的"),
}
MEASURES: Final = tuple(COUNTED)
OVERDUE: Final = "overdue"
LABELS: Final = {**COUNTED, OVERDUE: _("超期没有答复的")}


@dataclass(frozen=True)
class Figure:
    """A share: of which matters, how many."""

    name: str
    label: "StrPromise"
    numerator: str
    denominator: str
    meaning: "StrPromise"


# By the day on which matters were raised. Sources: spec "Figures" S27 and the table of
# metrics: 说事件数, 择事率, 直办率, 办结率, 按期办结率, 问题解决率, 满意率, 参评率,
# 逾期率, 发回重办率, 延期率.
_ROWS: Final = (
    Figure(
        "raised",
        pgettext_lazy("figure", "说事"),
        "raised",
        "raised",
        _("这段时间收到的全部事项"),
    ),
    Figure(
        "triaged",
        pgettext_lazy("figure", "择事"),
        "triaged",
        "raised",
        _("分到单位办理的 ÷ 收到的"),
    ),
    Figure(
        "on_the_spot",
        pgettext_lazy("figure", "即事即办"),
        "on_the_spot",
        "raised",
        _("没有分转、当场办结回复的 ÷ 收到的"),
    ),
    Figure("answered", _("已回复"), "answered", "raised", _("已经答复的 ÷ 收到的")),
    Figure("ended", _("已办结"), "ended", "raised", _("已经结束的 ÷ 收到的")),
    Figure(
        "on_time",
        _("按时"),
        "on_time",
        "timed",
        _("在期限内答复的 ÷ 已经答复并知道时间的"),
    ),
    Figure(
        "solved", _("已解决"), "solved", "said", _("说已解决的 ÷ 说了解决没有解决的")
    ),
    Figure(
        "satisfied",
        _("满意"),
        "satisfied",
        "rated",
        _("没有一项评为不满意的 ÷ 说事人评价过的"),
    ),
    Figure("rated", _("参评"), "rated", "answered", _("说事人评价过的 ÷ 已经答复的")),
    Figure(
        OVERDUE,
        _("超期未复"),
        OVERDUE,
        "unanswered",
        _("现在已经超过答复期限的 ÷ 现在还没有答复的"),
    ),
    Figure(
        "reopened",
        pgettext_lazy("figure", "重新办理"),
        "reopened",
        "replied",
        _("答复以后又重新办理的 ÷ 曾经答复的"),
    ),
    Figure(
        "extended",
        pgettext_lazy("figure", "延期"),
        "extended",
        "triaged",
        _("批准过延期的 ÷ 分到单位的"),
    ),
)
FIGURES: Final = {figure.name: figure for figure in _ROWS}


def first_of_month(day: date) -> date:
    return day.replace(day=1)
