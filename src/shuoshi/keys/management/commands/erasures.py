"""``shuoshi erasures``: list what was erased, or erase it again after a restore."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.keys.actions.erasing import reapply_erasures
from shuoshi.keys.queries.erasures import erasures
from shuoshi.keys.rules.erasures import Erasure, NotAnErasure


CONSOLE = "console"


class Command(ConsoleCommand):
    help = "列出已清除的内容，或者恢复备份后再清除一次。 List erasures, or apply them again."

    def declare(self, parser: ArgumentParser) -> None:
        """Declare the list to apply."""
        parser.add_argument(
            "--apply", type=Path, metavar="FILE", help="a list printed by --json"
        )

    def work(self, **options: Any) -> int:
        """List, or apply what a newer house wrote down."""
        if options["apply"] is None:
            told = [one.as_dict() for one in erasures()]
            text = "\n".join(f"{one['box']} {one['row']}" for one in told)
            self.answer({"erasures": told}, text or _("还没有清除过什么。"))
            return GOOD
        again = reapply_erasures(_read(options["apply"]), by=CONSOLE, now=now())
        self.answer({"again": again}, _("再次清除 %(again)d 项。") % {"again": again})
        return GOOD


def _read(file: Path) -> list[Erasure]:
    try:
        told = json.loads(file.read_text())["erasures"]
        return [Erasure.from_dict(one) for one in told]
    except (OSError, ValueError, KeyError, TypeError):
        raise NotAnErasure(_("这份清除记录读不懂，请核对文件。")) from None
