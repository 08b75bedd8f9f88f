"""Print the figures of a period: every one with its numerator and its denominator."""

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import now

from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.common.refusals import Refused
from shuoshi.matters.queries.figures import Period, Scope, figures_of
from shuoshi.org.models import Unit
from shuoshi.org.queries.units import mines, tree_of, unit_coded


FIRST_YEAR, LAST_YEAR = 1949, 2099


class Command(ConsoleCommand):
    help = "统计。 Print the figures of a period, by the day matters were raised."

    def declare(self, parser: CommandParser) -> None:
        """Declare the period and the unit."""
        parser.add_argument("--from", dest="since", metavar="DAY", required=True)
        parser.add_argument("--to", dest="until", metavar="DAY", required=True)
        parser.add_argument("--unit", metavar="CODE", help="with all units below it")

    def work(self, **options: Any) -> int:
        """Work the figures out, whatever nobody in the house may see included."""
        period = Period(_day(options["since"]), _day(options["until"]))
        if period.since > period.until:
            raise CommandError("--from 不能晚于 --to。")
        unit = _unit(options["unit"])
        found = figures_of(_scope(unit), period, now=now()).shares()
        result = {
            "from": period.since.isoformat(),
            "to": period.until.isoformat(),
            "unit": unit.code,
            "figures": {
                share.figure.name: {
                    "numerator": share.numerator,
                    "denominator": share.denominator,
                }
                for share in found
            },
        }
        lines = [f"{unit.name}　{period.since} 至 {period.until}"]
        lines += [
            f"{share.figure.label}\t{_share(share.numerator, share.denominator)}"
            for share in found
        ]
        self.answer(result, "\n".join(lines))
        return GOOD


def _share(numerator: int, denominator: int) -> str:
    rate = f"{numerator / denominator:.1%}" if denominator else "—"
    return f"{numerator} / {denominator}\t{rate}"


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text[:20]}”不是日期，请写成 2026-11-22。") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CommandError(f"日期应在{FIRST_YEAR}年至{LAST_YEAR}年之间。")
    return day


def _unit(code: str | None) -> Unit:
    if code:
        unit = unit_coded(code)
        if unit is None:
            raise CommandError(f"没有这个单位：{code[:40]}")
        return unit
    for mine in mines():
        return tree_of(mine.pk).units[tree_of(mine.pk).root_id]
    raise Refused("库里还没有单位。")


def _scope(unit: Unit) -> Scope:
    if unit.parent_id is None:
        return Scope(unit.mine_id)
    below = tree_of(unit.mine_id).at_and_below(frozenset({unit.pk}))
    return Scope(unit.mine_id, below)
