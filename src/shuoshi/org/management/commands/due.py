"""
Say when a limit ends.

START is a day or a moment in ISO form; a moment without an offset is meant in the
organisation's zone. For a day, ``due`` is a day; for a moment, ``due`` is the last moment
of that day, with the zone's offset. The first line of ``trace`` names the calendar used:
the table, or, while no table is loaded, the years that the library covers.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError, connection
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.common.workdays import (
    DayResult,
    StepKind,
    TraceStep,
    WorkCalendar,
    day_of,
    end_of,
)
from shuoshi.org.models import Unit
from shuoshi.org.queries.calendar import official_years, work_calendar
from shuoshi.org.queries.generation import generation
from shuoshi.org.rules.statutory import SOURCE, library_calendar


LONGEST = 100_000


class Command(ConsoleCommand):
    help = "算出期限届满之日。 Say when a limit ends."

    def declare(self, parser: CommandParser) -> None:
        """Declare the start, the length and whose calendar it is."""
        # All optional and all text here, so that what is wrong is said in plain words.
        parser.add_argument("start", nargs="?", metavar="START")
        parser.add_argument("--working", metavar="N")
        parser.add_argument("--calendar", metavar="N")
        parser.add_argument("--unit", metavar="CODE")

    def work(self, **options: Any) -> int:
        """Reckon the end and answer with its trace."""
        start = _read_start(options["start"])
        n = _read_length(options["working"], options["calendar"])
        calendar, source = _calendar(options["unit"])
        try:
            result, due = _reckon(
                start, n, calendar, working=options["working"] is not None
            )
        except OverflowError as error:
            raise CommandError(_("结果超出了能表示的日期。")) from error
        first: TraceStep = {
            "day": result.trace[0]["day"],
            "kind": "calendar",
            "name": source,
            "counted": None,
        }
        trace = [first, *result.trace]
        self.answer(
            {"due": due, "provisional": result.provisional, "trace": trace},
            _as_text(due, trace, provisional=result.provisional),
        )
        return GOOD


def _read_start(text: str | None) -> date | datetime:
    if text is None:
        raise CommandError(
            _("请给出起算日期或时刻，如 2026-11-22 或 2026-11-22T09:30。")
        )
    moment: date | datetime | None
    try:
        moment = date.fromisoformat(text)
    except ValueError:
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
    if moment is None:
        raise CommandError(
            _("“%(text)s”不是日期或时刻，应写作 2026-11-22 或 2026-11-22T09:30。")
            % {"text": text[:40]}
        )
    return moment


def _read_length(working: str | None, calendar: str | None) -> int:
    if (working is None) == (calendar is None):
        raise CommandError(_("请用 --working 或 --calendar 之一给出天数。"))
    text = working if working is not None else calendar
    try:
        n = int(text or "")
    except ValueError as error:
        raise CommandError(
            _("“%(text)s”不是天数。") % {"text": (text or "")[:40]}
        ) from error
    if not 1 <= n <= LONGEST:
        raise CommandError(_("天数应在 1 至 %(most)d 之间。") % {"most": LONGEST})
    return n


def _calendar(unit_code: str | None) -> tuple[WorkCalendar, str]:
    """Return the calendar and its name; the library's where the table is not there."""
    years: frozenset[int] = frozenset()
    unit = None
    if _has_database():
        try:
            years = official_years()
            unit = unit_code and Unit.objects.filter(code=unit_code).first()
        except (DatabaseError, ValueError):
            # No tables yet, or a code that no database can hold.
            years = frozenset()
    if unit_code is not None and not unit:
        raise CommandError(_("没有代码为“%(code)s”的单位。") % {"code": unit_code[:40]})
    if not years and not unit:
        return library_calendar(), SOURCE
    calendar = work_calendar(unit.mine_id if unit else None, generation())
    return calendar, _("工作日历表") if years else SOURCE


def _has_database() -> bool:
    # Merely asking SQLite would leave an empty file behind.
    name = connection.settings_dict["NAME"]
    return connection.vendor != "sqlite" or Path(name).exists() or _in_memory(str(name))


def _in_memory(name: str) -> bool:
    return name.startswith("file:") or name == ":memory:"


def _reckon(
    start: date | datetime, n: int, calendar: WorkCalendar, *, working: bool
) -> tuple[DayResult, str]:
    zone = ZoneInfo(settings.TIME_ZONE)
    add = calendar.add_working if working else calendar.add_calendar
    if not isinstance(start, datetime):
        result = add(start, n)
        return result, result.day.isoformat()
    if start.tzinfo is None:
        start = start.replace(tzinfo=zone)
    result = add(day_of(start, zone), n)
    return result, end_of(result.day, zone).astimezone(zone).isoformat()


def _as_text(due: str, trace: list[TraceStep], *, provisional: bool) -> str:
    lines = [_("到期：%(due)s") % {"due": due}]
    if provisional:
        lines.append(_("暂定：所涉年份的放假安排尚未载入，公布后可能改变。"))
    lines += [_line(step) for step in trace]
    return "\n".join(lines)


def _line(step: TraceStep) -> str:
    if step["kind"] == "calendar":
        return _("依据：%(name)s") % {"name": step["name"]}
    count = "" if step["counted"] is None else str(step["counted"])
    what = f"{StepKind(step['kind']).label} {step['name']}".rstrip()
    return f"{step['day']}  {count:>6}  {what}"
