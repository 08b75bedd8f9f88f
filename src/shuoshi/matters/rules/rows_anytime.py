"""The rows that hold in any open state."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuoshi.matters.rules.access import Permission
from shuoshi.matters.rules.conditions import is_open, not_sealed
from shuoshi.matters.rules.fields import Ask, Field
from shuoshi.matters.rules.states import OPEN, UNANSWERED
from shuoshi.matters.rules.step import REASON, Audience, ClockEffect, Step


ROWS = (
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
        past=pgettext_lazy("past", "督办"),
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
        past=pgettext_lazy("past", "加附件"),
    ),
    Step(
        "recuse",
        _("回避"),
        frozenset(OPEN),
        None,
        Permission.TAKE_PART,
        fields=(REASON,),
        tells=(Audience.RESPONSIBLE, Audience.COORDINATOR),
        past=pgettext_lazy("past", "回避"),
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
        past=pgettext_lazy("past", "写明被反映对象"),
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
        past=pgettext_lazy("past", "预警升级"),
    ),
)
