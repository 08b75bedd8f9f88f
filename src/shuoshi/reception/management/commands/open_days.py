"""Say on which days leaders receive."""

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.org.queries.units import mines
from shuoshi.reception.queries.open_days import open_dates_of
from shuoshi.reception.rules.open_days import OpenDate


class Command(ConsoleCommand):
    help = "列出一年的民主接待日。 List the open days of a year."

    def declare(self, parser: CommandParser) -> None:
        """Declare the year, and whose."""
        parser.add_argument("--year", metavar="YYYY", required=True)
        parser.add_argument("--mine", metavar="CODE", default="")

    def work(self, **options: Any) -> int:
        """List them: a list, not an object, so that a program reads it as it stands."""
        year = options["year"]
        if not (year.isascii() and year.isdigit()):
            raise CommandError(_("年份写成 2026 这样。"))
        told = [_told(one) for one in open_dates_of(_mine(options["mine"]), int(year))]
        text = json.dumps(told, ensure_ascii=False) if self.as_json else _listed(told)
        self.stdout.write(text)
        return GOOD


def _mine(code: str) -> int | None:
    if not code and not mines():
        # A house without a mine still has the statutory calendar.
        return None
    for mine in mines():
        if code in {"", mine.code}:
            return mine.pk
    raise CommandError(_("没有这个矿，或者还没有设立。"))


def _told(one: OpenDate) -> dict[str, str | None]:
    return {
        "month": one.month,
        "date": one.day.isoformat() if one.day else None,
        "moved_from": one.moved_from.isoformat() if one.moved_from else None,
    }


def _listed(told: list[dict[str, str | None]]) -> str:
    return "\n".join(
        f"{one['month']}  {one['date'] or '—'}"
        + (f"  ({one['moved_from']})" if one["moved_from"] else "")
        for one in told
    )
