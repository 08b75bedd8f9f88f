"""The five rules of the room, and what of them the program itself holds people to. Pure."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOST_CLAUSES: Final = 20
MOST_CLAUSE: Final = 200


class HouseRule(TextChoices):
    """The five rules."""

    TALK = "talk", _("说事制度")
    DUTY = "duty", _("值班值守制度")
    FIRST = "first", _("首问负责制度")
    TRACK = "track", _("跟踪落实制度")
    FEEDBACK = "feedback", _("定期反馈制度")


@dataclass(frozen=True)
class Enforcement:
    """How the program holds people to a clause, and the test that would fail if it did not."""

    how: "StrPromise"
    test: str


_ACTIONS: Final = "tests/matters/actions/"
ENFORCED: Final[dict[str, Enforcement]] = {
    "receipt": Enforcement(
        _("交了当场给回执号，凭号查得到。"),
        f"{_ACTIONS}test_raising.py::test_the_receipt_is_kept_as_a_digest_only",
    ),
    "claims": Enforcement(
        _("一件事里的每条要求分开登记，分开答复。"),
        f"{_ACTIONS}test_raising.py::test_claims_are_taken_down_one_by_one",
    ),
    "numbers": Enforcement(
        _("编号每年从1起，一个不少，谁也抽不走。"),
        f"{_ACTIONS}test_raising.py::test_numbers_go_by_mine_and_by_the_year_in_the_zone",
    ),
    "sealed": Enforcement(
        _("说事人是谁加密存放，看一次记一次。"),
        f"{_ACTIONS}test_raising.py::test_who_speaks_is_sealed_under_a_key_of_its_own",
    ),
    "record": Enforcement(
        _("每一步都进记录，改了、删了查得出来。"),
        "tests/trail/models/test_append_only.py::test_the_database_refuses_changes",
    ),
    "roster": Enforcement(
        _("工作日都排班，节假日不排，调休日照排。"),
        "tests/duty/queries/test_solving.py"
        "::test_holidays_have_no_turn_and_make_up_days_have_one",
    ),
    "came": Enforcement(
        _("到岗点到，迟到、没来在值班表上看得见。"),
        "tests/duty/actions/test_hand.py"
        "::test_coming_counts_once_and_shows_who_was_late_or_missed",
    ),
    "swap": Enforcement(
        _("换班要对方同意才算。"),
        "tests/duty/actions/test_swaps.py"
        "::test_both_turns_change_hands_once_the_other_agrees",
    ),
    "handover": Enforcement(
        _("交班时没办完的事自动列上，由下一班接。"),
        "tests/reception/actions/test_handovers.py"
        "::test_what_is_unfinished_goes_along_to_the_next",
    ),
    "first": Enforcement(
        _("谁登记的谁是首问人，以后改不了。"),
        f"{_ACTIONS}test_raising.py::test_who_registers_at_the_desk_is_its_first_receiver",
    ),
    "on_duty": Enforcement(
        _("网上来的由当天值班的人接；没人值班由统筹人员接。"),
        f"{_ACTIONS}test_raising.py::test_with_nobody_on_duty_the_coordinator_receives",
    ),
    "responsible": Enforcement(
        _("没办完的事任何时候有一个负责人、一个期限。"),
        f"{_ACTIONS}test_loop_properties.py::TestLoop",
    ),
    "clock": Enforcement(
        _("期限按法定工作日算，从说事那天起。"),
        f"{_ACTIONS}test_raising.py::test_its_clocks_start_on_the_day_it_came",
    ),
    "ladder": Enforcement(
        _("快到期、到期、超期逐级提醒到领导。"),
        f"{_ACTIONS}test_warnings.py::test_the_whole_ladder_rung_by_rung",
    ),
    "answer": Enforcement(
        _("没有答复说事人，事情就结不了。"),
        "tests/matters/rules/test_table.py"
        "::test_whoever_enters_an_end_tells_the_speaker_or_is_the_speaker",
    ),
}


@dataclass(frozen=True)
class Clause:
    """One sentence of a rule; ``by`` names how it is enforced, empty if by people alone."""

    text: "str | StrPromise"
    by: str = ""

    @property
    def enforcement(self) -> Enforcement | None:
        """How the program holds people to it; None where it cannot."""
        return ENFORCED.get(self.by)


# What a house begins with; each mine publishes its own.
SAMPLES: Final[dict[str, tuple[Clause, ...]]] = {
    HouseRule.TALK: (
        Clause(_("职工、家属、居民都可以来说事，当面、电话、写信、网上都行。")),
        Clause(_("说了就给回执号，凭号查进度。"), "receipt"),
        Clause(_("有几个要求就记几条，每条都答复。"), "claims"),
        Clause(_("件件有编号，件件有记录。"), "numbers"),
        Clause(_("要求保密的，只有该知道的人知道是谁。"), "sealed"),
        Clause(_("谁也不得因为别人说事为难他。")),
    ),
    HouseRule.DUTY: (
        Clause(_("工作日都有人值班，几个部门轮流。"), "roster"),
        Clause(_("按时到岗，到岗点到。"), "came"),
        Clause(_("有事换班，两个人都同意。"), "swap"),
        Clause(_("下班交清没办完的事，下一班接清。"), "handover"),
        Clause(_("接待热情，先听完，再说话。")),
    ),
    HouseRule.FIRST: (
        Clause(_("第一个接的人负责到答复为止，不管谁办。"), "first"),
        Clause(_("网上来的，由当天值班的人接。"), "on_duty"),
        Clause(_("不归自己管的也要接下来，不叫人跑第二趟。")),
    ),
    HouseRule.TRACK: (
        Clause(_("每件没办完的事，有一个人负责，有一个期限。"), "responsible"),
        Clause(_("期限按工作日算，从说事那天起。"), "clock"),
        Clause(_("快到期有人催，超了期一级一级报上去。"), "ladder"),
        Clause(_("每一步都有记录，不能补写，不能涂改。"), "record"),
    ),
    HouseRule.FEEDBACK: (
        Clause(_("办没办成都要答复，没有答复不算办结。"), "answer"),
        Clause(_("答复要说清依据，当面说的话也要补一份书面的。")),
        Clause(_("每月在公开栏说一次办了哪些、还有哪些没办。")),
    ),
}
