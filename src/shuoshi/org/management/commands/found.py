"""Found a mine, or a unit under another one."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.org.actions.calendar import seed_calendar
from shuoshi.org.actions.structure import found_mine, found_unit
from shuoshi.org.models import UnitKind
from shuoshi.org.queries.units import unit_coded
from shuoshi.trail.actions import note


class Command(ConsoleCommand):
    help = "设立一个矿或者一个单位。 Found a mine, or a unit under another one."

    def declare(self, parser: CommandParser) -> None:
        """Declare the code, the name and, for a unit, where it hangs."""
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("--name", required=True)
        parser.add_argument("--under", metavar="CODE", default="")
        kinds = [kind.value for kind in UnitKind if kind is not UnitKind.MINE]
        parser.add_argument("--kind", choices=kinds, default=UnitKind.DEPARTMENT)
        parser.add_argument("--takes-duty", action="store_true")

    def work(self, **options: Any) -> int:
        """Found it; a mine begins with the default limits, ladder and calendar."""
        code, name = options["code"], options["name"].strip()
        if not code.replace("-", "").replace("_", "").isalnum() or not name:
            raise CommandError(_("代码只能用字母、数字和短横，名称不能空着。"))
        if unit_coded(code):
            raise CommandError(_("已经有代码是 %(code)s 的单位。") % {"code": code})
        if options["under"]:
            above = unit_coded(options["under"])
            if above is None:
                raise CommandError(
                    _("没有代码是 %(code)s 的单位。") % {"code": options["under"]}
                )
            with transaction.atomic():
                unit = found_unit(
                    code,
                    name=name,
                    under=above,
                    kind=options["kind"],
                    takes_duty=options["takes_duty"],
                )
                _note("org.unit_founded", unit.mine_id, unit=unit.pk)
        else:
            with transaction.atomic():
                mine = found_mine(code, name=name)
                _note("org.mine_founded", mine.pk, mine=mine.pk)
                seed_calendar(now=timezone.now())
        self.answer(
            {"code": code, "name": name, "under": options["under"] or None},
            _("已设立：%(name)s（%(code)s）。") % {"name": name, "code": code},
        )
        return GOOD


def _note(verb: str, mine_id: int, **detail: int) -> None:
    note(verb, by="console", at=timezone.now(), mine_id=mine_id, detail=detail)
