"""Make a backup of the whole house."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuoshi.backup.actions.making import make_backup
from shuoshi.common.console import FOUND, GOOD
from shuoshi.common.console import Command as ConsoleCommand


CONSOLE = "console"


class Command(ConsoleCommand):
    help = "备份整个系统：数据库和附件，加密成一个文件。 Back up everything, sealed."

    def declare(self, parser: CommandParser) -> None:
        """Declare where to."""
        parser.add_argument("--to", metavar="FOLDER", help="else SHUOSHI_BACKUP_TO")

    def work(self, **options: Any) -> int:
        """Make it and say where it is; exit code 1 if files were missing."""
        folder = options["to"] or settings.SHUOSHI_BACKUP_TO
        if not folder:
            raise CommandError(
                _("备份到哪里？用 --to 文件夹，或者设 SHUOSHI_BACKUP_TO。")
            )
        made = make_backup(
            Path(folder),
            by=CONSOLE,
            now=now(),
            told=lambda done, total: self.progress(done, total, _("备份")),
        )
        result = {
            "file": str(made.file),
            "bytes": made.size,
            "sha256": made.sha256,
            "rows": made.totals.all_rows,
            "files": made.totals.files,
            "missing": made.totals.missing,
            "pruned": made.pruned,
        }
        text = _(
            "备份好了，也读过一遍核对过：%(file)s（%(bytes)d 字节，%(rows)d 行，"
            "%(files)d 个附件）。"
        )
        if made.totals.missing:
            text += _("有 %(lost)d 个附件不在或者损坏，名单见 --json。")
        self.answer(result, text % {**result, "lost": len(made.totals.missing)})
        return FOUND if made.totals.missing else GOOD
