"""The rows of intake and triage: what happens to a matter that was just received."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuoshi.matters.rules.access import Permission
from shuoshi.matters.rules.conditions import not_sealed
from shuoshi.matters.rules.fields import Ask, Field
from shuoshi.matters.rules.states import (
    Ground,
    Level,
    PetitionClass,
    RequestType,
    Risk,
    State,
)
from shuoshi.matters.rules.step import REASON, Audience, ClockEffect, Step


ROWS = (
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
        Permission.SORT,
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
        Permission.SORT,
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
        pgettext_lazy("step", "不予受理"),
        frozenset({State.RECEIVED}),
        State.DECLINED,
        Permission.SORT,
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
        Permission.SORT,
        fields=(
            Field("into", _("并入的编号"), Ask.MATTER),
            Field("reason", _("理由"), help=_("说事人看得到，不要写别人的事")),
        ),
        when=(not_sealed,),
        clock=ClockEffect.STOP,
        tells=(Audience.SPEAKER,),
        public=True,
        past=_("与同一事项合并办理"),
        told=True,
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
)
