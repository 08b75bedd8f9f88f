"""Show what a retention run would do; do it only as it was shown."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuoshi.accounts.queries.people import person_named
from shuoshi.channels.queries.mines import mine_called
from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.common.refusals import Missing
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.standing import CLOCK
from shuoshi.privacy.models import RetentionPlan
from shuoshi.rights.actions.retention import carry_out, confirm_plan, make_plan
from shuoshi.rights.queries.shown_plans import plan_shown


class Command(ConsoleCommand):
    help = (
        "到期清除：先给出清单，确认后才清除。 Show what has been kept long enough,"
        " and erase it once confirmed."
    )

    def declare(self, parser: CommandParser) -> None:
        """Declare the mine, and what confirms a plan."""
        parser.add_argument("--mine", default="", metavar="CODE")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="show what would happen (the default)",
        )
        parser.add_argument("--do", metavar="PLAN", help="carry out this plan")
        parser.add_argument("--digest", default="", help="the digest that was shown")
        parser.add_argument(
            "--by", default="", metavar="PERSON", help="who confirms it"
        )

    def work(self, **options: Any) -> int:
        """
        Show a plan, or carry out one that was shown.

        :raises Missing: if there is no such mine, plan or person.
        :raises PlanChanged: if what is due is not what was shown.
        """
        if options["do"] and options["dry_run"]:
            raise CommandError("--do and --dry-run exclude each other")
        if options["do"]:
            return self._do(options["do"], options["digest"], options["by"])
        mine = mine_called(options["mine"])
        if mine is None:
            raise Missing(_("没有这个矿，请核对代码。"))
        self._show(make_plan(mine.pk, by=CLOCK, now=now()))
        return GOOD

    def _do(self, wanted: str, digest: str, who: str) -> int:
        plans = {str(plan.uid): plan for plan in RetentionPlan.objects.all()}
        plan, person = plans.get(wanted), person_named(who)
        if plan is None:
            raise Missing(_("没有这份清单，请先不带 --do 运行一次。"))
        if person is None:
            raise Missing(_("请用 --by 写明由谁确认。"))
        confirm_plan(plan, digest, by=standing_of(person), now=now())
        self._show(carry_out(plan, now=now()))
        return GOOD

    def _show(self, plan: RetentionPlan) -> None:
        shown = plan_shown(plan)
        lines = [
            f"{line.kind}：{line.months}，{line.fate}，{line.count}，{line.oldest or '—'}"
            for line in shown.lines
        ]
        done = _("已经清除。") if plan.done_at else _("还没有清除。")
        self.answer(
            {
                "plan": str(plan.uid),
                "digest": plan.digest,
                "done": plan.done_at is not None,
                "lines": [
                    {"kind": raw["kind"], "fate": raw["fate"], "count": line.count}
                    for raw, line in zip(plan.lines, shown.lines, strict=True)
                ],
            },
            "\n".join([*lines, done, f"{plan.uid} {plan.digest}"]),
        )
