"""
Bring an old reception ledger in from .xlsx, .xls or .ods.

All good rows become matters together; rows that cannot be taken in are named by row,
column and reason and the exit code is 1. Rows that are here already are passed over, so
that a mended file can be given again. With --dry-run nothing is written.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from shuoshi.common.console import FOUND, GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.matters.actions.ledger import import_ledger, preview_ledger
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.queries.ledger_files import ledger_lines
from shuoshi.matters.rules.ledger import LedgerReading, LedgerRefused
from shuoshi.matters.rules.ledger_report import LedgerReport
from shuoshi.org.queries.units import unit_coded
from shuoshi.org.rules.standing import CLOCK


class Command(ConsoleCommand):
    help = "导入旧台账。 Bring an old ledger in."

    def declare(self, parser: CommandParser) -> None:
        """Declare the file, the unit and the rehearsal."""
        parser.add_argument("file", metavar="FILE.xlsx")
        parser.add_argument("--unit", metavar="CODE", required=True)
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def work(self, **options: Any) -> int:
        """Import the file, or say what an import would do."""
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(_("没有这个文件：%(path)s") % {"path": path})
        unit = unit_coded(options["unit"])
        if unit is None:
            raise CommandError(_("没有这个单位：%(code)s") % {"code": options["unit"]})
        moment = now()
        reading = LedgerReading(ledger_lines(path), today=localdate(moment), zone=ZONE)
        try:
            if options["dry_run"]:
                report = preview_ledger(
                    reading, unit=unit, by=CLOCK, progress=self._count
                )
            else:
                report = import_ledger(
                    reading, unit=unit, by=CLOCK, now=moment, progress=self._count
                )
        except LedgerRefused as refusal:
            self.answer(
                {**LedgerReport().as_json(), "error": refusal.message}, refusal.message
            )
            return FOUND
        self.answer(report.as_json(), _as_text(report, rehearsed=options["dry_run"]))
        return FOUND if report.rejected else GOOD

    def _count(self, done: int, of: int) -> None:
        self.progress(done, max(done, of), _("已读"))


def _as_text(report: LedgerReport, *, rehearsed: bool) -> str:
    taken = _("可以导入") if rehearsed else _("已导入")
    lines = [
        _(
            "共 %(rows)d 行：%(taken)s %(imported)d，已有而跳过 %(skipped)d，退回 %(rejected)d"
        )
        % {
            "rows": report.rows,
            "taken": taken,
            "imported": report.imported,
            "skipped": report.skipped,
            "rejected": len(report.rejected),
        }
    ]
    several = len(report.sheets) > 1
    lines += [
        _("%(sheet)s第 %(row)d 行 %(column)s：%(reason)s")
        % {
            "sheet": f"“{one.sheet}”" if several else "",
            "row": one.row,
            "column": one.column,
            "reason": one.reason,
        }
        for one in report.rejected
    ]
    lines += [
        _("第 %(row)d 行（已收）：%(remark)s") % {"row": row.row, "remark": remark}
        for row, remark in report.remarks
    ]
    if report.unknown_heads:
        lines.append(
            _("没有用到的列：%(heads)s") % {"heads": "、".join(report.unknown_heads)}
        )
    return "\n".join(lines)
