"""
The law of a matter: one row an action.

Its name, the states it leaves and enters, who may take it, when besides, the fields it
needs, what it does to the clock and who is told. Buttons, gate, API, diagram, forms and
tests all come from here; nothing decides a transition anywhere else.
"""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shuoshi.matters.rules.access import Permission
from shuoshi.matters.rules.conditions import (
    Condition,
    asked,
    awaits_last_word,
    awaits_review,
    extendable,
    is_open,
    needs_no_designation,
    not_asked,
    not_reopened,
    not_sealed,
    not_suspended,
    out_of_time_to_rate,
    suspended,
    unrated,
)
from shuoshi.matters.rules.fields import Ask, Field
from shuoshi.matters.rules.states import (
    OPEN,
    UNANSWERED,
    Ground,
    Level,
    PetitionClass,
    RequestType,
    Risk,
    State,
)


if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class ClockEffect(StrEnum):
    """What a step does to the total clock of the matter."""

    NOTHING = auto()
    START = auto()
    LIMIT = auto()
    PAUSE = auto()
    RESUME = auto()
    EXTEND = auto()
    STOP = auto()
    RESTART = auto()
    CLIMB = auto()
    RECALCULATE = auto()


class Audience(StrEnum):
    """Who is told."""

    SPEAKER = auto()
    RESPONSIBLE = auto()
    FIRST_RECEIVER = auto()
    LEAD_HEAD = auto()
    COORDINATOR = auto()
    LEADER_IN_CHARGE = auto()
    DISCIPLINE = auto()
    PART_HEADS = auto()
    HANDLER = auto()


@dataclass(frozen=True)
class Step:
    """One row of the table. A target of None leaves the matter in its state."""

    name: str
    label: "StrPromise"
    sources: frozenset[State]
    target: State | None
    by: Permission
    fields: tuple[Field, ...] = ()
    when: tuple[Condition, ...] = ()
    clock: ClockEffect = ClockEffect.NOTHING
    tells: tuple[Audience, ...] = ()
    # Shown to the speaker among the steps of the matter; where told, its words too.
    public: bool = False
    past: "StrPromise | str" = ""
    told: bool = False

    @property
    def verb(self) -> str:
        """The step's name, for the diagram."""
        return self.name


REASON = Field("reason", _("理由"))

_ROWS = (
    Step(
        "register",
        _("登记"),
        frozenset(),
        State.RECEIVED,
        Permission.RECEIVE,
        clock=ClockEffect.START,
        tells=(Audience.RESPONSIBLE,),
        public=True,
        past=_("已登记接事"),
    ),
    Step(
        "solve_on_spot",
        _("即事即办"),
        frozenset({State.RECEIVED}),
        State.ANSWERED,
        Permission.RECEIVE,
        fields=(
            Field("request_type", _("诉求类型"), Ask.CHOICE, choices=RequestType),
            Field("category", _("事项类别"), Ask.CATEGORY, required=False),
            Field("answers", _("逐项答复"), Ask.ANSWERS),
            Field("files", _("佐证材料"), Ask.FILES, required=False),
        ),
        when=(not_sealed,),
        clock=ClockEffect.STOP,
        tells=(Audience.SPEAKER,),
        public=True,
        past=_("当场办结并回复"),
    ),
    Step(
        "triage",
        _("择事分办"),
        frozenset({State.RECEIVED}),
        State.TRIAGED,
        Permission.RECEIVE,
        fields=(
            Field("lead_unit", _("主办单位"), Ask.UNIT),
            Field("request_type", _("诉求类型"), Ask.CHOICE, choices=RequestType),
            Field(
                "petition_class",
                _("信访类别"),
                Ask.CHOICE,
                required=False,
                choices=PetitionClass,
            ),
            Field("category", _("事项类别"), Ask.CATEGORY, required=False),
            Field("level", _("紧急复杂程度"), Ask.CHOICE, choices=Level),
            Field("assisting_units", _("协办单位"), Ask.UNITS, required=False),
            Field("claims", _("诉求点"), Ask.CLAIMS, required=False),
            Field("objects", _("被反映的人"), Ask.PEOPLE, required=False),
            Field("object_units", _("被反映的单位"), Ask.UNITS, required=False),
            Field("risk", _("打击报复风险"), Ask.CHOICE, required=False, choices=Risk),
            Field("note", _("给主办单位的话"), required=False),
        ),
        when=(not_sealed,),
        clock=ClockEffect.LIMIT,
        tells=(Audience.RESPONSIBLE, Audience.PART_HEADS, Audience.SPEAKER),
        public=True,
        past=_("已分给主办单位"),
    ),
    Step(
        "decline",
        _("不予受理"),
        frozenset({State.RECEIVED}),
        State.DECLINED,
        Permission.RECEIVE,
        fields=(
            Field("ground", _("依据"), Ask.CHOICE, choices=Ground),
            REASON,
            Field(
                "other_road", _("可以走的另一条路"), help=_("写明到哪里、找谁、怎么办")
            ),
        ),
        when=(not_sealed,),
        clock=ClockEffect.STOP,
        tells=(Audience.SPEAKER,),
        public=True,
        past=_("不予受理，已告知理由和其他途径"),
        told=True,
    ),
    Step(
        "merge",
        _("并案"),
        frozenset({State.RECEIVED}),
        State.MERGED,
        Permission.RECEIVE,
        fields=(Field("into", _("并入的编号"), Ask.MATTER), REASON),
        when=(not_sealed,),
        clock=ClockEffect.STOP,
        tells=(Audience.SPEAKER,),
        public=True,
        past=_("与同一事项合并办理"),
    ),
    Step(
        "hand_to_discipline",
        _("密封移送纪委"),
        frozenset({State.RECEIVED, State.TRIAGED}),
        State.HANDED_OVER,
        Permission.RECEIVE,
        fields=(
            REASON,
            Field("objects", _("被反映的人"), Ask.PEOPLE, required=False),
            Field("object_units", _("被反映的单位"), Ask.UNITS, required=False),
        ),
        when=(not_sealed,),
        clock=ClockEffect.STOP,
        tells=(Audience.DISCIPLINE, Audience.SPEAKER),
        public=True,
        past=_("已密封移送纪委"),
    ),
    Step(
        "accept",
        _("受理签收"),
        frozenset({State.TRIAGED}),
        State.HANDLING,
        Permission.ACCEPT,
        fields=(
            Field("handler", _("经办人"), Ask.PERSON, among="lead_unit"),
            Field("note", _("说明"), required=False),
        ),
        tells=(Audience.RESPONSIBLE, Audience.FIRST_RECEIVER, Audience.SPEAKER),
        public=True,
        past=_("主办单位已受理"),
    ),
    Step(
        "send_back",
        _("退回"),
        frozenset({State.TRIAGED}),
        State.RECEIVED,
        Permission.ACCEPT,
        fields=(
            REASON,
            Field("suggested_unit", _("建议的主办单位"), Ask.UNIT, required=False),
        ),
        when=(needs_no_designation,),
        tells=(Audience.RESPONSIBLE, Audience.FIRST_RECEIVER),
        past=_("主办单位退回"),
    ),
    Step(
        "call_deliberation",
        _("召集议事"),
        frozenset({State.TRIAGED, State.HANDLING}),
        State.DELIBERATING,
        Permission.CALL,
        fields=(
            Field("question", _("要议的问题")),
            Field("units", _("参加单位"), Ask.UNITS),
            Field("convener", _("召集人"), Ask.PERSON, among="conveners"),
            Field("meet_on", _("议事日期"), Ask.DAY, required=False),
        ),
        when=(not_suspended,),
        tells=(Audience.RESPONSIBLE, Audience.PART_HEADS, Audience.FIRST_RECEIVER),
        public=True,
        past=_("正在召集有关单位议事"),
    ),
    Step(
        "give_opinion",
        _("提出意见"),
        frozenset({State.DELIBERATING}),
        None,
        Permission.OPINE,
        fields=(
            Field("opinion", _("意见")),
            Field("dissents", _("对拟办意见有不同意见"), Ask.YES, required=False),
        ),
        tells=(Audience.RESPONSIBLE,),
        past=_("提出意见"),
    ),
    Step(
        "conclude",
        _("形成结论"),
        frozenset({State.DELIBERATING}),
        State.HANDLING,
        Permission.CONCLUDE,
        fields=(
            Field("conclusion", _("结论")),
            Field("lead_unit", _("主办单位"), Ask.UNIT),
            Field("handler", _("经办人"), Ask.PERSON, among="handlers"),
            Field("finish_on", _("完成日期"), Ask.DAY),
            Field("dissent", _("保留的不同意见"), required=False),
        ),
        tells=(Audience.RESPONSIBLE, Audience.FIRST_RECEIVER, Audience.PART_HEADS),
        public=True,
        past=_("议事已有结论"),
    ),
    Step(
        "report_progress",
        _("报告进展"),
        frozenset({State.HANDLING}),
        None,
        Permission.HANDLE,
        fields=(
            Field("progress", _("进展")),
            Field("tell_speaker", _("让说事人看到这段话"), Ask.YES, required=False),
            Field("files", _("材料"), Ask.FILES, required=False),
        ),
        tells=(Audience.FIRST_RECEIVER,),
        past=_("报告进展"),
    ),
    Step(
        "ask_extension",
        _("申请延期"),
        frozenset({State.HANDLING}),
        None,
        Permission.HANDLE,
        fields=(Field("until", _("延到"), Ask.DAY), REASON),
        when=(not_suspended, not_asked, extendable),
        tells=(Audience.LEADER_IN_CHARGE,),
        past=_("申请延期"),
    ),
    Step(
        "grant_extension",
        _("批准延期"),
        frozenset({State.HANDLING}),
        None,
        Permission.APPROVE,
        fields=(REASON,),
        when=(asked, extendable),
        clock=ClockEffect.EXTEND,
        tells=(Audience.RESPONSIBLE, Audience.FIRST_RECEIVER, Audience.SPEAKER),
        public=True,
        past=_("经批准延长办理期限"),
        told=True,
    ),
    Step(
        "refuse_extension",
        _("不批准延期"),
        frozenset({State.HANDLING}),
        None,
        Permission.APPROVE,
        fields=(REASON,),
        when=(asked,),
        tells=(Audience.RESPONSIBLE,),
        past=_("不批准延期"),
    ),
    Step(
        "suspend",
        _("挂起"),
        frozenset({State.HANDLING}),
        None,
        Permission.APPROVE,
        fields=(REASON, Field("until", _("预计恢复日期"), Ask.DAY)),
        when=(not_suspended,),
        clock=ClockEffect.PAUSE,
        tells=(Audience.RESPONSIBLE, Audience.FIRST_RECEIVER, Audience.SPEAKER),
        public=True,
        past=_("因客观原因暂缓办理"),
        told=True,
    ),
    Step(
        "resume",
        _("恢复办理"),
        frozenset({State.HANDLING}),
        None,
        Permission.HANDLE,
        fields=(REASON,),
        when=(suspended,),
        clock=ClockEffect.RESUME,
        tells=(Audience.FIRST_RECEIVER, Audience.SPEAKER),
        public=True,
        past=_("恢复办理"),
        told=True,
    ),
    Step(
        "hand_over",
        _("移交他人办理"),
        frozenset({State.HANDLING}),
        None,
        Permission.ACCEPT,
        fields=(
            Field("handler", _("新的经办人"), Ask.PERSON, among="handlers"),
            REASON,
        ),
        tells=(Audience.RESPONSIBLE, Audience.FIRST_RECEIVER),
        past=_("移交他人办理"),
    ),
    Step(
        "ask_part",
        _("请其他单位联合办理"),
        frozenset({State.HANDLING}),
        None,
        Permission.ACCEPT,
        fields=(
            Field("unit", _("单位"), Ask.UNIT),
            Field("task", _("要做的事")),
            Field("finish_on", _("完成日期"), Ask.DAY),
        ),
        when=(not_suspended,),
        tells=(Audience.PART_HEADS,),
        past=_("请其他单位联合办理"),
    ),
    Step(
        "deliver_part",
        _("交回联合办理结果"),
        frozenset({State.HANDLING}),
        None,
        Permission.DELIVER,
        fields=(
            Field("part", _("哪一件"), Ask.PART),
            Field("result", _("结果")),
            Field("files", _("材料"), Ask.FILES, required=False),
        ),
        tells=(Audience.RESPONSIBLE,),
        past=_("交回联合办理结果"),
    ),
    Step(
        "answer",
        _("答复"),
        frozenset({State.HANDLING}),
        State.ANSWERED,
        Permission.HANDLE,
        fields=(
            Field("answers", _("逐项答复"), Ask.ANSWERS),
            Field("files", _("佐证材料"), Ask.FILES, required=False),
        ),
        when=(not_suspended,),
        clock=ClockEffect.STOP,
        tells=(Audience.SPEAKER, Audience.FIRST_RECEIVER),
        public=True,
        past=_("已答复"),
    ),
    Step(
        "rate",
        _("评价"),
        frozenset({State.ANSWERED}),
        None,
        Permission.SPEAK,
        fields=(Field("ratings", _("逐项评价"), Ask.RATINGS),),
        when=(unrated,),
        tells=(Audience.FIRST_RECEIVER, Audience.HANDLER),
        public=True,
        past=_("说事人已评价"),
    ),
    Step(
        "reopen",
        _("重新办理"),
        frozenset({State.ANSWERED}),
        State.HANDLING,
        Permission.REOPEN,
        fields=(REASON,),
        when=(not_reopened,),
        clock=ClockEffect.RESTART,
        tells=(Audience.RESPONSIBLE, Audience.FIRST_RECEIVER, Audience.SPEAKER),
        public=True,
        past=_("重新办理"),
        told=True,
    ),
    Step(
        "close",
        _("办结归档"),
        frozenset({State.ANSWERED}),
        State.CLOSED,
        Permission.CLOCK,
        when=(out_of_time_to_rate,),
        tells=(Audience.SPEAKER, Audience.FIRST_RECEIVER),
        public=True,
        past=_("已办结"),
    ),
    Step(
        "ask_review",
        _("请求复查"),
        frozenset({State.CLOSED, State.DECLINED}),
        State.REVIEWING,
        Permission.SPEAK,
        fields=(REASON,),
        when=(awaits_review,),
        tells=(Audience.RESPONSIBLE, Audience.FIRST_RECEIVER),
        public=True,
        past=_("已请求复查"),
        told=True,
    ),
    Step(
        "ask_final_review",
        _("请求复核"),
        frozenset({State.CLOSED, State.DECLINED}),
        State.FINAL_REVIEWING,
        Permission.SPEAK,
        fields=(REASON,),
        when=(awaits_last_word,),
        tells=(Audience.RESPONSIBLE, Audience.FIRST_RECEIVER),
        public=True,
        past=_("已请求复核"),
        told=True,
    ),
    Step(
        "uphold",
        _("维持原处理"),
        frozenset({State.REVIEWING, State.FINAL_REVIEWING}),
        State.CLOSED,
        Permission.REVIEW,
        fields=(Field("opinion", _("复查复核意见")),),
        tells=(Audience.SPEAKER, Audience.FIRST_RECEIVER),
        public=True,
        past=_("复查复核：维持原处理"),
        told=True,
    ),
    Step(
        "overturn",
        _("撤销并重新办理"),
        frozenset({State.REVIEWING, State.FINAL_REVIEWING}),
        State.RECEIVED,
        Permission.REVIEW,
        fields=(Field("opinion", _("复查复核意见")),),
        clock=ClockEffect.RESTART,
        tells=(Audience.RESPONSIBLE, Audience.SPEAKER),
        public=True,
        past=_("复查复核：撤销原处理，重新办理"),
        told=True,
    ),
    Step(
        "withdraw",
        _("撤回"),
        frozenset(OPEN),
        State.WITHDRAWN,
        Permission.SPEAK,
        fields=(Field("reason", _("理由"), required=False),),
        clock=ClockEffect.STOP,
        tells=(Audience.RESPONSIBLE, Audience.FIRST_RECEIVER),
        public=True,
        past=_("说事人撤回"),
        told=True,
    ),
    Step(
        "supervise",
        _("督办"),
        frozenset(UNANSWERED),
        None,
        Permission.SUPERVISE,
        fields=(
            Field("demand", _("督办要求")),
            Field("finish_on", _("完成日期"), Ask.DAY),
        ),
        tells=(Audience.RESPONSIBLE, Audience.LEAD_HEAD, Audience.FIRST_RECEIVER),
        past=_("督办"),
    ),
    Step(
        "instruct",
        _("批示"),
        frozenset(OPEN),
        None,
        Permission.INSTRUCT,
        fields=(
            Field("instruction", _("批示内容")),
            Field("finish_on", _("完成日期"), Ask.DAY),
        ),
        tells=(Audience.RESPONSIBLE, Audience.LEAD_HEAD, Audience.FIRST_RECEIVER),
        past=_("领导批示"),
    ),
    Step(
        "add_note",
        _("加备注"),
        frozenset(OPEN),
        None,
        Permission.TAKE_PART,
        fields=(Field("note", _("备注")),),
        past=_("备注"),
    ),
    Step(
        "attach",
        _("加附件"),
        frozenset(OPEN),
        None,
        Permission.TAKE_PART,
        fields=(Field("files", _("附件"), Ask.FILES),),
        past=_("加附件"),
    ),
    Step(
        "recuse",
        _("回避"),
        frozenset(OPEN),
        None,
        Permission.HANDLE,
        fields=(REASON,),
        tells=(Audience.RESPONSIBLE, Audience.COORDINATOR),
        past=_("回避"),
    ),
    Step(
        "name_object",
        _("写明被反映对象"),
        frozenset(OPEN),
        None,
        Permission.RECEIVE,
        fields=(
            Field("objects", _("被反映的人"), Ask.PEOPLE, required=False),
            Field("object_units", _("被反映的单位"), Ask.UNITS, required=False),
            REASON,
        ),
        when=(not_sealed,),
        tells=(Audience.RESPONSIBLE,),
        past=_("写明被反映对象"),
    ),
    Step(
        "recalculate",
        _("按新日历重算期限"),
        frozenset(OPEN),
        None,
        Permission.CLOCK,
        clock=ClockEffect.RECALCULATE,
        tells=(Audience.RESPONSIBLE,),
        past=_("按公布的放假安排重算期限"),
    ),
    Step(
        "climb",
        _("预警升级"),
        frozenset(OPEN),
        None,
        Permission.CLOCK,
        when=(is_open,),
        clock=ClockEffect.CLIMB,
        past=_("预警升级"),
    ),
)

STEPS: dict[str, Step] = {step.name: step for step in _ROWS}
