"""
Print the figures of whole months, as everybody may see them.

Whoever runs the console keeps the machine and does not read about people: what would tell
of fewer than five is left out here as everywhere, and only whole months can be asked for,
since of free stretches one taken from another would tell of a day.
"""

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import now

from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.common.refusals import Refused
from shuoshi.matters.queries.figures import Scope
from shuoshi.matters.queries.published import Share, published_shares
from shuoshi.matters.rules.spans import Span, spans_between
from shuoshi.org.models import Unit
from shuoshi.org.queries.units import mines, tree_of, unit_coded


FIRST_YEAR, LAST_YEAR = 1949, 2099


class Command(ConsoleCommand):
    help = "统计。 Print the figures of months, by the day matters were raised."

    def declare(self, parser: CommandParser) -> None:
        """Declare the months and the unit."""
        parser.add_argument(
            "--from",
            dest="since",
            metavar="DAY",
            required=True,
            help="first of a month",
        )
        parser.add_argument(
            "--to", dest="until", metavar="DAY", required=True, help="last of a month"
        )
        parser.add_argument("--unit", metavar="CODE", help="with all units below it")

    def work(self, **options: Any) -> int:
        """Print every figure with both of its numbers, or that it is kept back."""
        since, until = _day(options["since"]), _day(options["until"])
        spans, unit = _spans(since, until), _unit(options["unit"])
        found = published_shares(_scope(unit), spans, now=now())
        result = {
            "from": since.isoformat(),
            "to": until.isoformat(),
            "unit": unit.code,
            # None: fewer than five, or it would tell of so few.
            "figures": {
                share.figure.name: {
                    "numerator": share.numerator,
                    "denominator": share.denominator,
                }
                for share in found
            },
        }
        lines = [f"{unit.name}　{since} 至 {until}"]
        lines += [f"{share.figure.label}\t{_share(share)}" for share in found]
        if any(share.numerator is None for share in found):
            lines.append("＊ 少于五件，不显示；会让人推算出这样的数的，也不显示。")
        self.answer(result, "\n".join(lines))
        return GOOD


def _share(share: Share) -> str:
    if share.numerator is None or share.denominator is None:
        return "＊"
    rate = f"{share.numerator / share.denominator:.1%}" if share.denominator else "—"
    return f"{share.numerator} / {share.denominator}\t{rate}"


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text[:20]}”不是日期，请写成 2026-11-30。") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CommandError(f"日期应在{FIRST_YEAR}年至{LAST_YEAR}年之间。")
    return day


def _spans(since: date, until: date) -> list[Span]:
    if since > until:
        raise CommandError("--from 不能晚于 --to。")
    spans = spans_between(since, until)
    if spans is None:
        raise CommandError(
            "统计只按整月：--from 要是某月的第一天，--to 要是某月的最后一天。"
        )
    return spans


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
