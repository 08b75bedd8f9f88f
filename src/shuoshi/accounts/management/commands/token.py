"""Give a person a token with which a program acts as them. Shown this once."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.people import give_token
from shuoshi.accounts.queries.people import person_named
from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.common.refusals import Missing


class Command(ConsoleCommand):
    help = "给一个人发接口令牌。 Give a person a token for the API."

    def declare(self, parser: CommandParser) -> None:
        """Declare whose token it is and what for."""
        parser.add_argument("person", metavar="PERSON")
        parser.add_argument("--purpose", default="console")

    def work(self, **options: Any) -> int:
        """
        Give the token.

        :raises Missing: if nobody signs in under this name.
        """
        # What no database could hold is nobody's name either.
        wanted = options["person"].encode(errors="replace").decode()
        wanted = wanted.replace("\x00", "?")
        person = person_named(wanted)
        if person is None:
            raise Missing(_("没有登录名为“%(name)s”的人。") % {"name": wanted[:60]})
        token, expires = give_token(
            person, purpose=options["purpose"], now=now(), by="console"
        )
        until = localtime(expires)
        self.answer(
            {"token": token, "expires": until.isoformat()},
            _("令牌：%(token)s\n有效到：%(until)s\n只显示这一次。")
            % {"token": token, "until": until.strftime("%Y-%m-%d %H:%M")},
        )
        return GOOD
