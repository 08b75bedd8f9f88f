"""
Write the ledger of a unit and year into an Excel file that can be brought in again.

Whoever runs the console keeps the machine and does not read about people: names and
numbers are masked, and what is sealed or names people as its object has no words here.
"""

import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.matters.actions.ledger_export import export_ledger
from shuoshi.matters.queries.ledger_export import matters_of_year
from shuoshi.org.queries.units import unit_coded
from shuoshi.org.rules.standing import CLOCK


FIRST_YEAR, LAST_YEAR = 1949, 9999


class Command(ConsoleCommand):
    help = "导出台账。 Take a ledger out."

    def declare(self, parser: CommandParser) -> None:
        """Declare the unit, the year and the file."""
        parser.add_argument("file", metavar="FILE.xlsx")
        parser.add_argument("--unit", metavar="CODE", required=True)
        parser.add_argument("--year", type=int, metavar="YEAR", required=True)

    def work(self, **options: Any) -> int:
        """Write the file and say how many lines it has."""
        path, year = Path(options["file"]), options["year"]
        unit = unit_coded(options["unit"])
        if unit is None:
            raise CommandError(_("没有这个单位：%(code)s") % {"code": options["unit"]})
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CommandError(_("没有这样的年份：%(year)s") % {"year": year})
        if path.is_dir() or not path.parent.is_dir():
            raise CommandError(_("不能写到这里：%(path)s") % {"path": path})
        matters = matters_of_year(unit, year)
        total = matters.count()
        try:
            with tempfile.TemporaryDirectory(dir=path.parent) as folder:
                draft = Path(folder) / "ledger.xlsx"
                rows = export_ledger(
                    matters,
                    draft,
                    mine_id=unit.mine_id,
                    title=_("%(unit)s%(year)d年接访台账")
                    % {"unit": unit.name, "year": year},
                    by=CLOCK,
                    now=now(),
                    progress=lambda done: self.progress(done, total, _("已写")),
                )
                # A file that is there is a whole one.
                draft.replace(path)
        except OSError as error:
            raise CommandError(
                _("不能写到这里：%(path)s（%(why)s）")
                % {"path": path, "why": error.strerror}
            ) from error
        self.answer(
            {"file": str(path), "unit": unit.code, "year": year, "rows": rows},
            _("已导出 %(rows)d 行到 %(path)s") % {"rows": rows, "path": path},
        )
        return GOOD
