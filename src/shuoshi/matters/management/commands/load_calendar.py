"""Load the State Council's plan of a year, from a file or from the library."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.matters.actions.warnings import recalculate_deadlines
from shuoshi.org.actions.calendar import load_year
from shuoshi.org.rules.plans import YearPlan, read_plan
from shuoshi.org.rules.standing import CLOCK
from shuoshi.org.rules.statutory import SOURCE, library_plan, library_years


MOST_BYTES = 1_000_000


class Command(ConsoleCommand):
    help = "载入一年的放假安排。 Load the holidays and make-up days of a year."

    def declare(self, parser: CommandParser) -> None:
        """Declare the year and where its plan comes from."""
        parser.add_argument("year", metavar="YEAR")
        parser.add_argument("--file", metavar="FILE.json")
        parser.add_argument("--library", action="store_true")
        parser.add_argument("--source", default="", help="e.g. the notice's number")

    def work(self, **options: Any) -> int:
        """Load the plan and answer with the number of its days."""
        year = _read_year(options["year"])
        if bool(options["file"]) == options["library"]:
            raise CommandError(_("请用 --file 或 --library 之一说明来源。"))
        plan = (
            _from_library(year)
            if options["library"]
            else _from_file(year, options["file"])
        )
        source = (
            options["source"]
            or SOURCE * options["library"]
            or Path(options["file"]).name
        )
        now = timezone.now()
        first = load_year(plan, source=source, by=CLOCK, now=now)
        moved = recalculate_deadlines(now=now, since=first)
        result = {
            "year": year,
            "holidays": len(plan.holidays),
            "make_up": len(plan.make_up),
            "first": first.isoformat(),
            "recalculated": moved,
        }
        self.answer(
            result,
            _(
                "已载入 %(year)d 年：休假 %(holidays)d 天，调休上班 %(make_up)d 天；"
                "重算期限 %(recalculated)d 件。"
            )
            % result,
        )
        return GOOD


def _read_year(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise CommandError(_("“%(year)s”不是年份。") % {"year": text[:40]}) from error


def _from_library(year: int) -> YearPlan:
    if year not in library_years():
        known = library_years()
        raise CommandError(
            _("%(library)s 只有 %(first)d 至 %(last)d 年，请用 --file 载入。")
            % {"library": SOURCE, "first": known[0], "last": known[-1]}
        )
    return library_plan(year)


def _from_file(year: int, name: str) -> YearPlan:
    try:
        with Path(name).open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise CommandError(_("读不到文件 %(name)s。") % {"name": name}) from error
    if len(content) > MOST_BYTES:
        raise CommandError(_("文件 %(name)s 太大。") % {"name": name})
    try:
        return read_plan(year, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CommandError(
            _("文件 %(name)s 不是 UTF-8 文字。") % {"name": name}
        ) from error
