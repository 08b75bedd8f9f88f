"""Draw the key of the backups: shown once, kept nowhere."""

import re
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from shuoshi.backup.rules.keys import new_key
from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand


class Command(ConsoleCommand):
    help = "生成备份密钥：公钥给服务器，私钥抄在纸上。 Draw the key of the backups."

    def declare(self, parser: CommandParser) -> None:
        """Declare the name of the key."""
        parser.add_argument("--id", default="b1", help="b1, b2 …")

    def work(self, **options: Any) -> int:
        """Print both halves, this once."""
        key_id = options["id"]
        if not re.fullmatch(r"[a-z0-9]{1,16}", key_id):
            raise CommandError(_("--id 要是1到16个小写字母或数字。"))
        public, secret = new_key(key_id)
        result = {"public": str(public), "secret": secret.on_paper()}
        self.answer(
            result,
            _(
                "写进服务器环境：\n  SHUOSHI_BACKUP_KEY=%(public)s\n"
                "抄在纸上，锁进保险柜，服务器上不要留（只显示这一次）：\n  %(secret)s\n"
                "同时把 SHUOSHI_SECRET_KEY 和 SHUOSHI_KEYS 抄下来，与备份分开存放："
                "没有它们，备份恢复不了。"
            )
            % result,
        )
        return GOOD
