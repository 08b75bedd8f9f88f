"""The rows of reply and review: how a matter ends, and how it goes on after all."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuoshi.matters.rules.access import Permission
from shuoshi.matters.rules.conditions import (
    awaits_last_word,
    awaits_review,
    not_reopened,
    not_sealed,
    not_suspended,
    out_of_time_to_rate,
    unrated,
)
from shuoshi.matters.rules.fields import Ask, Field
from shuoshi.matters.rules.states import OPEN, State
from shuoshi.matters.rules.step import REASON, Audience, ClockEffect, Step


# What somebody else decided; withdrawn is the speaker's own word, and the committee's
# decisions are reviewed where it belongs.
REVIEWABLE = frozenset({State.CLOSED, State.DECLINED, State.MERGED})

ROWS = (
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
        past=pgettext_lazy("past", "重新办理"),
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
        REVIEWABLE,
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
        REVIEWABLE,
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
        "supplement",
        _("补充情况"),
        frozenset(OPEN),
        None,
        Permission.SPEAK,
        fields=(
            Field("words", _("要补充的情况")),
            Field("files", _("照片或材料"), Ask.FILES, required=False),
        ),
        when=(not_sealed,),
        tells=(Audience.RESPONSIBLE, Audience.FIRST_RECEIVER),
        public=True,
        past=_("说事人补充情况"),
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
)
