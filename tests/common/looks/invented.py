"""Invented contents for the pages that show every component."""

from datetime import UTC, date, datetime

from django import forms

from shuoshi.common.frame import (
    ClockFace,
    DueSoon,
    Frame,
    Happening,
    Link,
    OnDuty,
    Stop,
)
from shuoshi.common.widgets import (
    DayInput,
    FilesField,
    Grades,
    MomentInput,
    RadioCards,
)


LONG = "关于北风井通风不畅请求增设局部通风机并同时改善更衣室热水供应和班中餐配送时间的建议以及其他三项"
LONG_UNIT = "青石煤矿综合机械化采煤第三工区机电运输队夜班检修班组及其下属临时抽调支援小组联合党支部"
LONG_WORD = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 2
MOMENT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
COLOURS = [
    ("calm", "还剩9个工作日"),
    ("notice", "还剩5个工作日"),
    ("amber", "还剩2个工作日"),
    ("red", "还剩1个工作日"),
    ("critical", "今天17:30到期"),
    ("overdue", "超期3个工作日"),
    ("paused", "等说事人补充材料"),
    ("stopped", ""),
]
CLOCKS = [
    ClockFace(colour, MOMENT, left, provisional=colour in {"calm", "red"})
    for colour, left in COLOURS
]
STATES = [
    ("RECEIVED", "已接事"),
    ("TRIAGED", "已择事"),
    ("DELIBERATING", "议事中"),
    ("HANDLING", "办理中"),
    ("ANSWERED", "已回复"),
    ("REVIEWING", "复查中"),
    ("CLOSED", "已办结"),
    ("DECLINED", "不予受理"),
    ("WITHDRAWN", "已撤回"),
]
TITLES = [
    "更衣室热水不够用",
    "请补发九月份夜班津贴",
    LONG,
    "家属区路灯坏了三盏",
    "建议把班前会提前十分钟",
    LONG_WORD,
]


def frame(*, empty: bool = False) -> Frame:
    """Return the frame of an invented person with a long post."""
    if empty:
        return Frame(
            room_name="青石煤矿党员说事室",
            person_name="周",
            places=(Link("工作台", "#", "workbench"),),
        )
    return Frame(
        room_name="青石煤矿党员说事室",
        person_name="欧阳建国",
        post_title=f"主任 · {LONG_UNIT}",
        today=date(2026, 11, 23),
        zones=(
            Link("接事", "#", "intake", 3, keys="g 1"),
            Link("择事", "#", "triage", 12, keys="g 2"),
            Link("议事", "#", "deliberation", keys="g 3"),
            Link("办事", "#", "handling", 128, keys="g 4"),
            Link("回复", "#", "reply", 1, keys="g 5"),
        ),
        places=(
            Link("工作台", "/looks/desk/", "workbench", current=True, keys="g w"),
            Link("台账", "#", "ledger", keys="g l"),
            Link("统计", "#", "figures", keys="g f"),
        ),
        register_url="#register",
        search_url="/looks/desk/",
        inbox_url="#inbox",
        unread=4,
        duty_today=(OnDuty("李秀英", "工会"), OnDuty("欧阳建国", LONG_UNIT)),
        due_soon=(
            DueSoon("更衣室热水不够用", "#", "2026-0138", CLOCKS[5]),
            DueSoon(LONG, "#", "2026-0141", CLOCKS[3]),
            DueSoon("家属区路灯坏了三盏", "#", "2026-0150", CLOCKS[2]),
        ),
    )


class EverythingForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label="什么事", max_length=40, help_text="一句话说清楚。")
    text = forms.CharField(
        label="详细经过", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    unit = forms.ChoiceField(
        label="涉及的单位",
        choices=[("", "不清楚"), ("A", "工会"), ("B", LONG_UNIT)],
        required=False,
    )
    identity = forms.ChoiceField(
        label="怎样署名",
        choices=[("NAMED", "实名"), ("CONFIDENTIAL", "保密"), ("ANONYMOUS", "匿名")],
        widget=RadioCards(
            explained={
                "NAMED": "承办的人能看到您的姓名，方便当面商量。",
                "CONFIDENTIAL": "只有首接人和协调员能看到您是谁。",
                "ANONYMOUS": "不留任何个人信息，凭16位回执号查进度。",
            }
        ),
    )
    kind = forms.ChoiceField(
        label="分类",
        choices=[("a", "咨询"), ("b", "求助"), ("c", "投诉"), ("d", LONG)],
        widget=forms.RadioSelect,
    )
    assisting = forms.MultipleChoiceField(
        label="协办单位",
        choices=[("a", "工会"), ("b", "办公室"), ("c", LONG_UNIT)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="可以选几个。",
    )
    grade = forms.ChoiceField(
        label="您满意吗",
        choices=[
            ("5", "非常满意"),
            ("4", "满意"),
            ("3", "基本满意"),
            ("2", "不满意"),
            ("1", "非常不满意"),
        ],
        widget=Grades,
    )
    due = forms.DateField(label="什么时候办完", widget=DayInput())
    at = forms.DateTimeField(label="约定时间", widget=MomentInput(), required=False)
    photos = FilesField(label="照片", required=False, most=3)
    urgent = forms.BooleanField(label="涉及人身安全，现在就要办", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)


class FilterForm(forms.Form):
    """What stands over a table."""

    state = forms.ChoiceField(label="状态", choices=[("", "全部"), *STATES])
    unit = forms.CharField(label="主办单位", required=False)
    since = forms.DateField(label="从", widget=DayInput(), required=False)
    until = forms.DateField(label="到", widget=DayInput(), required=False)


class ReasonForm(forms.Form):
    """A short action in place."""

    days = forms.IntegerField(label="延长几个工作日", min_value=1, max_value=30)
    reason = forms.CharField(
        label="理由", help_text="说事人会看到。", widget=forms.Textarea
    )


def stops() -> list[Stop]:
    """Return a line of steps half way."""
    return [
        Stop("接事", "done", MOMENT, "李秀英"),
        Stop("择事", "done", MOMENT, "党群工作部"),
        Stop("议事", "done", None, "不需要"),
        Stop("办事", "now", MOMENT, LONG_UNIT),
        Stop("回复", "later"),
        Stop("归档", "later"),
    ]


def happenings() -> list[Happening]:
    """Return a short history."""
    return [
        Happening(
            MOMENT,
            "接事登记",
            "李秀英 · 工会",
            "更衣室下午六点以后没有热水。\n已经一周了。",
        ),
        Happening(MOMENT, "择事：交机电队主办", "党群工作部"),
        Happening(
            MOMENT,
            "办理进展",
            LONG_UNIT,
            LONG + LONG_WORD,
            (Link("现场照片.jpg", "#"),),
        ),
    ]


def rows(count: int) -> list[dict[str, object]]:
    """Return so many invented matters."""
    return [
        {
            "number": f"2026-{n:04d}",
            "title": TITLES[n % len(TITLES)],
            "unit": LONG_UNIT if n % 5 == 0 else "机电队",
            "person": "欧阳建国" if n % 3 else "周",
            "state": STATES[n % len(STATES)],
            "clock": CLOCKS[n % len(CLOCKS)],
        }
        for n in range(1, count + 1)
    ]
