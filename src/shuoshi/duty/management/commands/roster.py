"""Make the duty roster of a month."""

from datetime import date, datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.duty.actions.rosters import Planned, look_at_roster, make_roster
from shuoshi.duty.queries.rosters import month_of, names_in
from shuoshi.org.queries.units import mines
from shuoshi.org.rules.standing import CLOCK


MOST_MONTHS = 3


class Command(ConsoleCommand):
    help = "排一个月的值班表。 Make the duty roster of a month."

    def declare(self, parser: CommandParser) -> None:
        """Declare the month, how many, and whether to look only."""
        parser.add_argument("--month", metavar="YYYY-MM", required=True)
        parser.add_argument("--months", metavar="N", default="1")
        parser.add_argument("--mine", metavar="CODE", default="")
        parser.add_argument("--seed", metavar="N", default="0")
        parser.add_argument("--dry-run", action="store_true")

    def work(self, **options: Any) -> int:
        """Make it, or only show it."""
        months = _number(options["months"], "--months", least=1, most=MOST_MONTHS)
        seed = _number(options["seed"], "--seed", least=0, most=2**31)
        month = month_of(_month(options["month"]), months=months)
        mine_id = _mine(options["mine"])
        now = timezone.now()
        made = (
            look_at_roster(mine_id, month, now=now, seed=seed)
            if options["dry_run"]
            else make_roster(mine_id, month, by=CLOCK, now=now, seed=seed)
        )
        result = _told(made)
        self.answer(result, _as_text(result))
        return GOOD


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month, no moment
    except ValueError:
        raise CommandError(_("月份写成 2026-12 这样。")) from None


def _number(text: str, option: str, *, least: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise CommandError(
            _("%(option)s 应是 %(least)d 至 %(most)d 之间的整数。")
            % {"option": option, "least": least, "most": most}
        )
    return int(text)


def _mine(code: str) -> int:
    for mine in mines():
        if code in {"", mine.code}:
            return mine.pk
    raise CommandError(_("没有这个矿，或者还没有设立。"))


def _told(made: Planned) -> dict[str, Any]:
    people, units = names_in(made.plan)
    return {
        "turns": [
            {
                "date": turn.day.isoformat(),
                "unit": units[turn.unit_id],
                "person": people[turn.person_id],
            }
            for turn in made.plan.turns
        ],
        "spread": {
            "person": made.plan.spread_of_people,
            "unit": made.plan.spread_of_units,
        },
        "warnings": made.warnings,
    }


def _as_text(result: dict[str, Any]) -> str:
    lines = [
        f"{one['date']}  {one['unit']}  {one['person']}" for one in result["turns"]
    ]
    lines.append(_("个人相差 %(person)d 次，部门相差 %(unit)d 次。") % result["spread"])
    return "\n".join([*lines, *result["warnings"]])
