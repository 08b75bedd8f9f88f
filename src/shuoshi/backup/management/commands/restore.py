"""Restore a backup into an empty house."""

import getpass
import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuoshi.backup.actions.restoring import restore_backup
from shuoshi.backup.rules.keys import SecretKey, secret_key
from shuoshi.common.console import FOUND, GOOD
from shuoshi.common.console import Command as ConsoleCommand


CONSOLE = "console"
VARIABLE = "SHUOSHI_BACKUP_SECRET"


class Command(ConsoleCommand):
    help = "把备份恢复到空的系统里，并验证。 Restore a backup into an empty house."

    def declare(self, parser: CommandParser) -> None:
        """Declare the file."""
        parser.add_argument("file", metavar="FILE")

    def work(self, **options: Any) -> int:
        """Restore, prove, say what came of it; exit code 1 if the record does not hold."""
        restored = restore_backup(
            Path(options["file"]), _secret(), by=CONSOLE, now=now()
        )
        result = {
            "made_at": restored.made_at,
            "rows": restored.totals.all_rows,
            "files": restored.totals.files,
            "missing": restored.totals.missing,
            "erased_again": restored.erased_again,
            "verify": restored.verified,
        }
        text = _("已恢复 %(made_at)s 的备份：%(rows)d 行，%(files)d 个附件。") % result
        text += (
            _("记录已验证，没有被动过。")
            if restored.ok
            else _("但是记录没有通过验证，请运行 shuoshi verify 查看。")
        )
        self.answer(result, text)
        return GOOD if restored.ok else FOUND


def _secret() -> SecretKey:
    typed = os.environ.get(VARIABLE, "")
    if not typed and sys.stdin.isatty():
        typed = getpass.getpass(_("备份私钥（纸上的52个字母和数字）："))
    if not typed:
        raise CommandError(
            _("需要备份私钥：设 SHUOSHI_BACKUP_SECRET，或者在终端里运行。")
        )
    return secret_key(typed)
