"""Prove that nothing on record was touched."""

import re
from datetime import date, timedelta
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuoshi.common.console import FOUND, GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.common.migrated import is_migrated
from shuoshi.common.refusals import Refused
from shuoshi.matters.queries.heads import how_many
from shuoshi.matters.queries.proving import Proved, Watching, prove_house
from shuoshi.matters.rules.proving import told_of
from shuoshi.trail.queries import Printed
from shuoshi.trail.queries.seals import unsealed_before


SHORTEST = 16
UNREADABLE = {"why": "unreadable"}
SEALED_WITHIN = timedelta(days=2)


class Command(ConsoleCommand):
    help = "验证台账没有被动过。 Prove every history, every daily seal, every row."

    def declare(self, parser: CommandParser) -> None:
        """Declare what stands on paper."""
        parser.add_argument(
            "--seal", help="a seal as it is printed, at least 16 digits; needs --day"
        )
        parser.add_argument("--day", help="the day of that seal, YYYY-MM-DD")

    def work(self, **options: Any) -> int:
        """Walk all chains, seals, rows and files; name the first that was touched."""
        proved = prove_house(
            printed=_printed(options["seal"], options["day"]), watching=self._watching()
        )
        if proved.first_bad == UNREADABLE and _is_of_an_older_house():
            raise Refused(_("数据库的版本比程序旧，请先运行 make setup，再验证。"))
        unsealed = unsealed_before(now() - SEALED_WITHIN) if proved.ok else 0
        result = {
            "matters": proved.matters,
            "events": proved.events,
            "seals": proved.seals,
            "files": proved.files,
            "unsealed": unsealed,
            "ok": proved.ok,
            "first_bad": proved.first_bad,
        }
        self.answer(result, _told(proved) + _waiting(unsealed))
        return GOOD if proved.ok else FOUND

    def _watching(self) -> Watching:
        def watching(done: int) -> None:
            if done % 1000 == 0:
                self.progress(done, max(how_many(), done), _("验证"))

        return watching


def _is_of_an_older_house() -> bool:
    """True where a column is missing and nothing is damaged."""
    try:
        return not is_migrated()
    except DatabaseError:
        return False


def _printed(seal: str | None, day: str | None) -> Printed | None:
    if seal is None and day is None:
        return None
    digits = re.sub(r"[\s-]", "", seal or "").lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST},64}}", digits):
        raise CommandError(_("封印至少要写前 16 位，0–9 和 a–f。"))
    try:
        return Printed(date.fromisoformat(day or ""), digits)
    except ValueError:
        raise CommandError(_("请用 --day 写封印的日期，如 2026-09-09。")) from None


def _waiting(unsealed: int) -> str:
    if not unsealed:
        return ""
    return _("有 %(unsealed)d 条两天前的记录还没有日封：请检查后台任务是否在运行。") % {
        "unsealed": unsealed
    }


def _told(proved: Proved) -> str:
    if proved.first_bad is not None:
        return told_of(proved.first_bad)
    return _(
        "已验证 %(matters)d 件、%(events)d 条记录、%(seals)d 个日封、%(files)d 个文件，没有被动过。"
    ) % {
        "matters": proved.matters,
        "events": proved.events,
        "seals": proved.seals,
        "files": proved.files,
    }
